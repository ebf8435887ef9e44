# demo   a working service with people, books and photographs at http://127.0.0.1:8080
# test   installs what the tests need (Debian, root or sudo) and runs all of them
# lint   form, lints, licences and sources of everything we build on
# pictures  what the book looks like to each reader, in docs/pictures
# docs   the code's own documentation, in target/doc
# bench  our figures beside the limits and whichever peers are installed; target/bench.json

ORACLES := $(CURDIR)/target/oracles
export PATH := $(ORACLES)/venv/bin:$(ORACLES)/bin:$(PATH)
DEMO_DATA ?= livsbog-data
LISTEN ?= 127.0.0.1:8080

.PHONY: demo test oracles pictures lint docs bench bench-peers

demo:
	cargo build --release --locked -p api --bin livsbog
	target/release/livsbog demo --data "$(DEMO_DATA)" --listen "$(LISTEN)"

test: oracles
	cargo build --locked --workspace --bins --tests
	TMPDIR=$${TMPDIR:-$$(tests/scratch.sh)} cargo nextest run --locked --workspace --profile ci

oracles:
	tests/install.sh

pictures: oracles
	cargo build --locked --workspace --bins --tests
	cargo nextest run --locked --workspace --run-ignored only -E 'binary(pictures)' --no-capture

lint: oracles
	cargo fmt --all --check
	cargo clippy --locked --workspace --all-targets -- -D warnings
	cargo fetch --quiet --locked
	cargo deny --offline check licenses bans sources

docs:
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --workspace --no-deps

bench:
	cargo build --release --locked -p api --bin livsbog
	cargo build --release --locked -p archive -p tests --bin bench --example intake --example packing
	target/release/bench

bench-peers:
	benches/peers.sh
