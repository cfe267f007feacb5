//! The limits of one-stop. They belong to the protocol, so no city sets others.

use kernel::{Instant, Span};

/// How long a challenge may be signed: as long as it takes to type seven words on a phone.
pub const CHALLENGE_MINUTES: i64 = 10;
/// Clocks of two servers of a city may differ by so much.
pub const CLOCKS_APART_SECONDS: i64 = 60;
/// How often the log's head is signed anew when nothing enters it: a page takes none older than 72
/// hours, and witnesses need time.
pub const HEAD_EVERY_HOURS: i64 = 6;
/// The largest request that is taken: two compartments at their full size, and everything else.
pub const REQUEST_BYTES: usize = 2 << 20;
/// The largest request that moves a whole case: eight wraps for each of twelve compartments and of
/// two full threads are 3.7 MB in base64.
pub const MOVE_BYTES: usize = 5 << 20;
/// Reports from one mailbox that are taken, at once or one after the other. A mailbox has few; a
/// script has many.
pub const REPORTS_IN_60_MINUTES: u16 = 60;
/// Seconds after which one mailbox may send one more.
pub const REPORT_AGAIN_SECONDS: u16 = 60;
/// How often one mailbox may be asked for, at once or time after time.
pub const OPENINGS_IN_60_MINUTES: u16 = 600;
/// Seconds after which one mailbox may be asked for once more.
pub const OPENING_AGAIN_SECONDS: u16 = 6;
/// Hours after its last part in which a file that is not whole may go on; then it is deleted.
pub const UNFINISHED_HOURS: i64 = 24;

/// A full hour: what is kept of a moment may lie that far behind it.
pub const HOUR: Span = Span::hours(1);
/// How often the head is signed anew.
pub const HEAD_EVERY: Span = Span::hours(HEAD_EVERY_HOURS);

/// The time that is kept of a moment.
pub const fn kept_time(now: Instant) -> Instant {
    now.rounded_to_hour()
}

/// UTC milliseconds as the seal counts them: none before 1970.
pub fn seal_time(at: Instant) -> u64 {
    u64::try_from(at.millis()).unwrap_or(0)
}
