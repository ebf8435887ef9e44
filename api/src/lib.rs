//! The `livsbog` program: HTTP, use cases, database. Sealing is done by `archive`, pages are made by `renderer`.

pub mod accounts;
pub mod app;
pub mod auth;
pub mod books;
pub mod commands;
pub mod config;
pub mod contribute;
pub mod db;
pub mod demo;
pub mod deposit;
pub mod domain;
pub mod editions;
pub mod fields;
pub mod fresh;
pub mod http;
pub mod instance;
pub mod jobs;
pub mod problem;
pub mod readings;
pub mod register;
pub mod renditions;
pub mod resumable;
pub mod routes;
pub mod serve;
pub mod truth;
pub mod upload;
