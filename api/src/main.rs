//! The program's commands: arguments in, one call, an exit code out. No logic.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use api::commands::log::Under;
use api::commands::{self, Outcome};
use clap::{Parser, Subcommand};
use renderer::layout::{Paper, Size};

/// A life book for every child placed outside its home, and its archive.
#[derive(Parser)]
#[command(name = "livsbog", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// The instance's directory.
    #[arg(long, global = true, env = "LIVSBOG_DATA", default_value = "./livsbog-data")]
    data: PathBuf,
    /// Settings file instead of livsbog.toml in the data directory.
    #[arg(long, global = true)]
    config: Option<PathBuf>,
    /// Answer as JSON.
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Subcommand)]
enum Command {
    /// Make (idempotently) and serve a demo.
    Demo {
        #[arg(long)]
        listen: Option<SocketAddr>,
        /// Only make it.
        #[arg(long)]
        no_serve: bool,
    },
    /// Make a fresh instance: keys, database, storage root, first administrator's one-time link.
    Init {
        /// The municipality's name.
        #[arg(long, default_value = "Kommunen")]
        municipality: String,
        /// The first administrator's name.
        #[arg(long, default_value = "Administrator")]
        administrator: String,
        /// An age recipient whose identity lies off this machine. Left out: a pair is made, and you carry it away.
        #[arg(long)]
        escrow: Option<String>,
    },
    /// Serve HTTP and work in the background.
    Serve {
        #[arg(long)]
        listen: Option<SocketAddr>,
        /// HTTP only.
        #[arg(long)]
        no_jobs: bool,
    },
    /// Work in the background only.
    Work,
    /// The database schema.
    Migrate {
        #[command(subcommand)]
        way: Way,
    },
    /// Check the archive; writes nothing. Needs no keys.
    Verify {
        /// Every byte (the default).
        #[arg(long, conflicts_with = "sample")]
        full: bool,
        /// N objects, chosen evenly.
        #[arg(long, value_name = "N")]
        sample: Option<u64>,
    },
    /// Copy what a replica lacks: storage root and log, never keys. Needs no keys.
    Replicate {
        /// file:///DIR or s3://BUCKET/PREFIX; left out: the one in the settings.
        #[arg(long, value_name = "URL")]
        to: Option<String>,
        /// Compare every file of the replica by digest, not only what was sealed since the last time.
        #[arg(long)]
        full: bool,
    },
    /// Bring damaged or missing files back from a replica after checking them. Needs no keys.
    Repair {
        /// file:///DIR or s3://BUCKET/PREFIX; left out: the one in the settings.
        #[arg(long, value_name = "URL")]
        from: Option<String>,
        /// Only say what would be brought back.
        #[arg(long)]
        dry_run: bool,
    },
    /// What the scrubber has looked at, and what is wrong in the archive.
    Fixity {
        /// Look again at everything that is wrong, now, and have the service begin a new round.
        #[arg(long)]
        again: bool,
    },
    /// Make the database anew from the archive alone.
    Rebuild,
    /// Which formats the originals have, by PRONOM identifier, and how many there are of each.
    Formats,
    /// Add a copy in a format that lasts beside an original, never instead of it.
    Preserve {
        /// The original.
        #[arg(long, requires = "copy", requires = "made_with")]
        media: Option<uuid::Uuid>,
        /// A file with the copy, made by any program.
        #[arg(long, value_name = "FILE", requires = "media")]
        copy: Option<PathBuf>,
        /// That program, with its version.
        #[arg(long, value_name = "TEXT", requires = "media")]
        made_with: Option<String>,
        /// Make a TIFF of every picture of this format (PRONOM identifier) that has no copy yet.
        #[arg(long, value_name = "PRONOM", conflicts_with = "media", required_unless_present = "media")]
        format: Option<String>,
    },
    /// Write key store, accounts and what else stands in no archive into one encrypted file.
    Backup {
        /// The directory of the backups.
        #[arg(long)]
        to: PathBuf,
        /// Earlier backups there that are older go: an erased key lives on in them.
        #[arg(long, default_value_t = 35)]
        keep_days: u32,
    },
    /// Bring a backup back beside the archive and log that lie in the data directory, and rebuild the database.
    Restore {
        #[arg(long)]
        from: PathBuf,
        /// A file with the escrow's identity; left out, the root key opens the backup.
        #[arg(long)]
        identity: Option<PathBuf>,
    },
    /// Write everything the archive vouches for, from the database alone, as canonical JSON lines.
    Dump,
    /// Take in a folder of old papers and photographs with an index.csv. Safe to run twice.
    Import {
        #[arg(long, required_unless_present = "template")]
        child: Option<uuid::Uuid>,
        #[arg(value_name = "DIR", required_unless_present = "template")]
        folder: Option<PathBuf>,
        /// On whose account; left out: the municipality's own.
        #[arg(long, value_name = "PERSON")]
        by: Option<uuid::Uuid>,
        /// Only look, and report what would become of it.
        #[arg(long)]
        dry_run: bool,
        /// Print an index to fill in, and what goes into its columns.
        #[arg(long, conflicts_with_all = ["child", "folder", "by", "dry_run"])]
        template: bool,
    },
    /// A child's book as files.
    Book {
        #[arg(long)]
        child: uuid::Uuid,
        #[arg(long)]
        age: u32,
        #[arg(long, value_parser = ["html", "pdf"], default_value = "pdf")]
        format: String,
        #[arg(long, value_parser = ["da", "en"], default_value = "da")]
        language: String,
        /// How large a PDF is: A4, A5, or 210 by 210 mm.
        #[arg(long, value_parser = ["a4", "a5", "square"], default_value = "a4")]
        paper: String,
        /// With 3 mm of bleed and crop marks, for a printing house.
        #[arg(long)]
        bleed: bool,
        #[arg(long)]
        out: PathBuf,
    },
    /// Everything of a child's to take home: a BagIt bag inside a zip. No when something is missing or damaged, which the
    /// package then says.
    Export {
        #[arg(long)]
        child: uuid::Uuid,
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// Encrypt to this age recipient (age1...): `age -d` opens it.
        #[arg(long, value_name = "RECIPIENT", conflicts_with = "password_file")]
        recipient: Option<String>,
        /// Encrypt with the password in this file: `age -d` asks for it.
        #[arg(long, value_name = "FILE")]
        password_file: Option<PathBuf>,
    },
    /// A delivery to the national archive (BEK 128) of what a municipality keeps here. No when something could not go along,
    /// which the delivery then says.
    Avid(commands::avid::Asked),
    /// Who else may be given something, once the one a book is about has died.
    #[command(subcommand)]
    Access(commands::access::Asked),
    /// The retention policy.
    #[command(subcommand)]
    Policy(commands::policy::Asked),
    /// What the policy lets go, and letting it go when enough people agree.
    Dispose {
        #[command(subcommand)]
        what: DisposeCommand,
    },
    /// The tamper-evident log.
    Log {
        #[command(subcommand)]
        what: LogCommand,
    },
    /// The keys that open the archive.
    Keys {
        #[command(subcommand)]
        what: KeysCommand,
    },
    /// Files in which the virus scanner found something.
    Quarantine {
        #[command(subcommand)]
        what: QuarantineCommand,
    },
    /// The settings.
    Config {
        #[command(subcommand)]
        what: ConfigCommand,
    },
    /// People and their ways in.
    Account {
        #[command(subcommand)]
        what: AccountCommand,
    },
    /// The OpenAPI 3.1 document, same as served.
    Openapi,
}

#[derive(Subcommand)]
enum Way {
    Up,
    Down {
        #[arg(default_value_t = 1)]
        steps: u32,
    },
    Status,
}

#[derive(Subcommand)]
enum DisposeCommand {
    /// What may go today and why, and what a hold keeps. Writes nothing.
    Plan {
        /// Only this child's.
        #[arg(long)]
        child: Option<uuid::Uuid>,
    },
    /// Propose what may go of a child's, or agree to a proposal, as the person whom the token belongs to.
    Apply {
        /// Propose for this child.
        #[arg(long, conflicts_with = "disposal", required_unless_present = "disposal")]
        child: Option<uuid::Uuid>,
        /// Agree to this proposal.
        #[arg(long)]
        disposal: Option<uuid::Uuid>,
        /// A file with the person's own API token.
        #[arg(long)]
        token_file: PathBuf,
    },
}

#[derive(Subcommand)]
enum LogCommand {
    /// The newest signed checkpoint.
    Checkpoint,
    /// The public key that checks receipts and checkpoints: to be published and kept.
    Key,
    /// The proof that an entry stands in the log.
    Prove {
        entry: uuid::Uuid,
        /// Under the first checkpoint with a time stamp that covers it.
        #[arg(long)]
        stamped: bool,
        /// Under the newest checkpoint that witnesses have cosigned, with their cosignatures.
        #[arg(long, conflicts_with = "stamped")]
        cosigned: bool,
    },
    /// Judge a receipt; without one, the time stamps and cosignatures kept beside the log.
    Check { receipt: Option<PathBuf> },
    /// Have the newest checkpoint stamped with the time (RFC 3161). Needs the program openssl.
    Stamp(StampArguments),
    /// Have all earlier time stamps stamped, before the certificates of their authorities end.
    Renew(StampArguments),
    /// Ask the configured witnesses now to cosign the newest checkpoint.
    AskWitnesses,
    /// What a witness is to be given that has seen so many leaves: the newest checkpoint, and the proof from there.
    Consistency { old_size: u64 },
    /// Take in a checkpoint that a configured witness has cosigned by hand.
    Cosigned { file: PathBuf },
    /// As a witness of another log: cosign its checkpoint, if it continues the one cosigned before.
    Cosign {
        /// A checkpoint, or what `log consistency` of the other service prints.
        file: PathBuf,
        /// The other log's key, as text or in a file.
        #[arg(long, value_name = "KEY")]
        log: String,
        /// The witness's directory: its key, and what it has seen.
        #[arg(long, value_name = "DIR")]
        seen: PathBuf,
    },
    /// The public key of the witness in a directory.
    WitnessKey {
        #[arg(long, value_name = "DIR")]
        seen: PathBuf,
        /// Make the key where there is none, under this name, such as egebaek.dk/witness.
        #[arg(long)]
        name: Option<String>,
    },
}

#[derive(clap::Args)]
struct StampArguments {
    /// The authority's address instead of tsa_url.
    #[arg(long, value_name = "URL")]
    tsa: Option<String>,
    /// Its certificates (PEM) instead of tsa_certificates.
    #[arg(long, value_name = "FILE")]
    certificates: Option<PathBuf>,
}

#[derive(Subcommand)]
enum KeysCommand {
    /// Wrap everything to a new root key, while the service is stopped. Content is not touched.
    Rotate {
        /// Another escrow recipient (age1...) from now on.
        #[arg(long)]
        escrow: Option<String>,
    },
    /// Rehearse the day the root key is gone: open everything with the escrow's identity.
    EscrowTest {
        /// A file with the escrow's identity.
        #[arg(long)]
        identity: PathBuf,
        /// Only so many objects.
        #[arg(long, value_name = "N")]
        sample: Option<u64>,
    },
    /// Divide an identity among people, in words to write on paper (SLIP-0039).
    Split {
        /// A file with the identity.
        #[arg(long)]
        identity: PathBuf,
        #[arg(long, default_value_t = 3)]
        needed: u8,
        #[arg(long, default_value_t = 5)]
        shares: u8,
    },
    /// Join shares from standard input, a line each, to the identity.
    Join,
}

#[derive(Subcommand)]
enum QuarantineCommand {
    /// What is there, the newest first.
    List,
    /// Let a file in after all, as its sender's.
    Release { id: uuid::Uuid },
    /// Throw a file away.
    Discard { id: uuid::Uuid },
}

#[derive(Subcommand)]
enum ConfigCommand {
    /// The effective settings, secrets masked.
    Show,
}

#[derive(Subcommand)]
enum AccountCommand {
    /// Set a person's user name; the password is read from standard input.
    Set { person: uuid::Uuid, user_name: String },
    /// Issue a bearer token for a person; it is shown once.
    Token { person: uuid::Uuid },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    commands::keep_to_ourselves();
    commands::start_logging();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return commands::exit(Err(error.into())),
    };
    commands::exit(runtime.block_on(run(arguments)))
}

async fn run(arguments: Arguments) -> Outcome {
    let Arguments { command, data, config, json } = arguments;
    let instance = commands::Instance { data, config, json };
    match command {
        Command::Demo { listen, no_serve } => instance.demo(listen, no_serve).await,
        Command::Init { municipality, administrator, escrow } => {
            instance.init(municipality, administrator, escrow.as_deref()).await
        }
        Command::Serve { listen, no_jobs } => instance.serve(listen, !no_jobs).await,
        Command::Work => instance.work().await,
        Command::Migrate { way: Way::Up } => instance.migrate_up().await,
        Command::Migrate { way: Way::Down { steps } } => instance.migrate_down(steps).await,
        Command::Migrate { way: Way::Status } => instance.migrate_status().await,
        Command::Verify { full: _, sample } => instance.verify(sample).await,
        Command::Replicate { to, full } => instance.replicate(to, full).await,
        Command::Repair { from, dry_run } => instance.repair(from, dry_run).await,
        Command::Fixity { again } => instance.fixity(again).await,
        Command::Rebuild => instance.rebuild().await,
        Command::Formats => instance.formats().await,
        Command::Preserve { media: Some(media), copy: Some(copy), made_with: Some(made_with), .. } => {
            instance.preserve(media, &copy, made_with).await
        }
        Command::Preserve { format, .. } => instance.preserve_format(&format.unwrap_or_default()).await,
        Command::Backup { to, keep_days } => instance.back_up(&to, keep_days).await,
        Command::Restore { from, identity } => instance.restore(&from, identity.as_deref()).await,
        Command::Dump => instance.dump().await,
        Command::Import { child: Some(child), folder: Some(folder), by, dry_run, .. } => {
            instance.import(child, &folder, by, dry_run).await
        }
        Command::Import { .. } => commands::import::template(),
        Command::Book { child, age, format, language, paper, bleed, out } => {
            let paper = Paper { size: Size::parse(&paper).unwrap_or_default(), bleed };
            instance.book(child, age, &format, &language, paper, &out).await
        }
        Command::Export { child, out, recipient, password_file } => {
            instance.export(child, &out, recipient.as_deref(), password_file.as_deref()).await
        }
        Command::Access(asked) => instance.access(&asked),
        Command::Avid(asked) => instance.avid(asked).await,
        Command::Quarantine { what: QuarantineCommand::List } => instance.list_quarantine().await,
        Command::Quarantine { what: QuarantineCommand::Release { id } } => {
            instance.release_quarantined(id).await
        }
        Command::Quarantine { what: QuarantineCommand::Discard { id } } => {
            instance.discard_quarantined(id).await
        }
        Command::Policy(asked) => instance.policy(&asked),
        Command::Dispose { what: DisposeCommand::Plan { child } } => instance.dispose_plan(child).await,
        Command::Dispose { what: DisposeCommand::Apply { child, disposal, token_file } } => {
            instance.dispose_apply(child, disposal, &token_file).await
        }
        Command::Config { what: ConfigCommand::Show } => instance.config_show(),
        Command::Account { what: AccountCommand::Set { person, user_name } } => {
            instance.account_set(person, &user_name).await
        }
        Command::Account { what: AccountCommand::Token { person } } => instance.account_token(person).await,
        Command::Keys { what } => keys(&instance, what).await,
        Command::Log { what } => log(&instance, what).await,
        Command::Openapi => commands::openapi(),
    }
}

async fn keys(instance: &commands::Instance, what: KeysCommand) -> Outcome {
    match what {
        KeysCommand::Rotate { escrow } => instance.rotate_keys(escrow.as_deref()).await,
        KeysCommand::EscrowTest { identity, sample } => instance.rehearse_escrow(&identity, sample).await,
        KeysCommand::Split { identity, needed, shares } => instance.split_identity(&identity, needed, shares),
        KeysCommand::Join => instance.join_shares(),
    }
}

async fn log(instance: &commands::Instance, what: LogCommand) -> Outcome {
    match what {
        LogCommand::Checkpoint => instance.log_checkpoint().await,
        LogCommand::Key => instance.log_key().await,
        LogCommand::Prove { entry, stamped, cosigned } => {
            let under = match (stamped, cosigned) {
                (true, _) => Under::Stamped,
                (_, true) => Under::Cosigned,
                _ => Under::Newest,
            };
            instance.log_prove(entry, under).await
        }
        LogCommand::Check { receipt: Some(receipt) } => instance.log_check(&receipt).await,
        LogCommand::Check { receipt: None } => instance.log_check_evidence().await,
        LogCommand::Stamp(StampArguments { tsa, certificates }) => {
            instance.log_stamp(tsa, certificates).await
        }
        LogCommand::AskWitnesses => instance.log_ask_witnesses().await,
        LogCommand::Consistency { old_size } => instance.log_consistency(old_size).await,
        LogCommand::Cosigned { file } => instance.log_cosigned(&file).await,
        LogCommand::Cosign { file, log, seen } => instance.log_cosign(&file, &log, &seen),
        LogCommand::WitnessKey { seen, name } => instance.log_witness_key(&seen, name.as_deref()),
        LogCommand::Renew(StampArguments { tsa, certificates }) => {
            instance.log_renew(tsa, certificates).await
        }
    }
}
