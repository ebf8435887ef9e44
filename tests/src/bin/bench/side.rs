//! The processes that are measured against each other.

use std::path::Path;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;
use tests::instance::free_port;
use tests::until;

/// A server of somebody else's, stopped when dropped.
pub struct Peer {
    pub origin: String,
    process: Child,
    _folder: TempDir,
}

impl Peer {
    /// The bare actix server of this program.
    pub fn actix(page: &str) -> Self {
        let (folder, port) = prepared(page);
        let own = std::env::current_exe().unwrap();
        let mut command = Command::new(own);
        command.args(["reference", &port.to_string()]).arg(folder.path());
        Self::start(command, port, folder)
    }

    /// nginx serving the page as a file; `None` where it is not installed.
    pub fn nginx(page: &str) -> Option<Self> {
        let program =
            ["/usr/sbin/nginx", "/usr/bin/nginx"].into_iter().find(|path| Path::new(path).exists())?;
        let (folder, port) = prepared(page);
        let home = folder.path().display();
        let settings = format!(
            "daemon off; worker_processes 2; pid {home}/pid; error_log {home}/error.log;
             events {{ worker_connections 256; }}
             http {{ access_log off; sendfile on; tcp_nodelay on; keepalive_requests 1000000;
                     client_body_temp_path {home}; proxy_temp_path {home}; fastcgi_temp_path {home};
                     uwsgi_temp_path {home}; scgi_temp_path {home};
                     server {{ listen 127.0.0.1:{port}; root {home}; location = /page {{ try_files /page.html =404; }} }} }}"
        );
        let file = folder.path().join("nginx.conf");
        std::fs::write(&file, settings).unwrap();
        // The workers run as another user and must be let in.
        Command::new("chmod").arg("755").arg(folder.path()).status().unwrap();
        let mut command = Command::new(program);
        command.arg("-c").arg(file);
        Some(Self::start(command, port, folder))
    }

    fn start(mut command: Command, port: u16, folder: TempDir) -> Self {
        let process =
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let origin = format!("http://127.0.0.1:{port}");
        until("the peer to listen", || std::net::TcpStream::connect(("127.0.0.1", port)).ok());
        Self { origin, process, _folder: folder }
    }

    pub fn process_id(&self) -> u32 {
        self.process.id()
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // SIGTERM, so that nginx takes its workers with it.
        let _ = Command::new("kill").arg(self.process.id().to_string()).status();
        let _ = self.process.wait();
    }
}

fn prepared(page: &str) -> (TempDir, u16) {
    let folder = tempfile::tempdir_in(tests::instance::target_profile()).unwrap();
    std::fs::write(folder.path().join("page.html"), page).unwrap();
    (folder, free_port())
}

/// CPU seconds a process and its direct children have used.
pub fn cpu_seconds(process: u32) -> f64 {
    let own = clock_ticks(process);
    let listed =
        std::fs::read_to_string(format!("/proc/{process}/task/{process}/children")).unwrap_or_default();
    let children: u64 = listed.split_whitespace().filter_map(|id| id.parse().ok()).map(clock_ticks).sum();
    // USER_HZ is 100 on every Linux this runs on.
    (own + children) as f64 / 100.0
}

fn clock_ticks(process: u32) -> u64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let fields: Vec<&str> = after_name.split_whitespace().collect();
    [11, 12].iter().filter_map(|index| fields.get(*index)?.parse::<u64>().ok()).sum()
}
