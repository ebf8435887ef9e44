//! The table, and the same as JSON.

use serde_json::json;

/// One thing measured on both sides in one run.
#[derive(Clone)]
pub struct Row {
    pub what: String,
    pub unit: &'static str,
    pub ours: f64,
    pub ours_cpu_s: f64,
    pub peer: String,
    pub theirs: f64,
    pub theirs_cpu_s: f64,
    /// The ratio to be reached at least, where one is set.
    pub wanted: Option<f64>,
}

impl Row {
    fn ratio(&self) -> f64 {
        self.ours / self.theirs
    }

    fn verdict(&self) -> &'static str {
        match self.wanted {
            Some(wanted) if self.ratio() >= wanted => "reached",
            Some(_) => "MISSED",
            None => "",
        }
    }
}

pub fn heading() {
    println!("| what | unit | ours | CPU s | beside | theirs | CPU s | ratio | wanted | |");
    println!("|---|---|---|---|---|---|---|---|---|---|");
}

pub fn print(rows: &[Row]) {
    for row in rows {
        let wanted = row.wanted.map(|wanted| format!(">= {wanted}")).unwrap_or_default();
        println!(
            "| {} | {} | {:.1} | {:.2} | {} | {:.1} | {:.2} | {:.2} | {wanted} | {} |",
            row.what,
            row.unit,
            row.ours,
            row.ours_cpu_s,
            row.peer,
            row.theirs,
            row.theirs_cpu_s,
            row.ratio(),
            row.verdict()
        );
    }
}

/// Writes `target/bench.json`.
pub fn write(rows: &[Row]) {
    let as_json = |row: &Row| {
        json!({
            "what": row.what, "unit": row.unit, "ours": row.ours, "ours_cpu_s": row.ours_cpu_s,
            "peer": row.peer, "theirs": row.theirs, "theirs_cpu_s": row.theirs_cpu_s,
            "ratio": row.ratio(), "wanted": row.wanted,
        })
    };
    let file = tests::instance::target_profile().parent().unwrap().join("bench.json");
    let rows: Vec<_> = rows.iter().map(as_json).collect();
    std::fs::write(&file, format!("{:#}\n", json!({ "rows": rows }))).unwrap();
}

/// The middle one of some figures.
pub fn middle(figures: impl Iterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = figures.collect();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}
