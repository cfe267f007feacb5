//! Handles, by platform: the same handle on two platforms is two people until somebody says otherwise.

use super::has_length;
use crate::Refusal;
use std::ops::RangeInclusive;
use unicode_normalization::UnicodeNormalization;

/// Where a handle is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Platform {
    /// Instagram.
    Instagram,
    /// X, which was Twitter.
    X,
    /// Telegram.
    Telegram,
    /// TikTok.
    Tiktok,
    /// Facebook.
    Facebook,
    /// Discord.
    Discord,
    /// KakaoTalk's id, not the name shown.
    Kakaotalk,
    /// Line.
    Line,
    /// Naver's id.
    Naver,
    /// Another site, by its host.
    Site(String),
}

impl Platform {
    /// Every platform with rules of its own.
    pub const NAMED: [Self; 9] = [
        Self::Instagram,
        Self::X,
        Self::Telegram,
        Self::Tiktok,
        Self::Facebook,
        Self::Discord,
        Self::Kakaotalk,
        Self::Line,
        Self::Naver,
    ];

    /// The platform of a name, or the site of a host.
    ///
    /// # Errors
    /// [`Refusal::NotAHandle`] for what is neither.
    pub fn of(name: &str) -> Result<Self, Refusal> {
        if let Some(named) = Self::NAMED.into_iter().find(|one| one.name() == name) {
            return Ok(named);
        }
        let host = name.trim().to_lowercase();
        let host = host.trim_start_matches("www.");
        if let Some(known) = Self::NAMED.into_iter().find(|one| one.hosts().contains(&host)) {
            return Ok(known);
        }
        let inner = host.trim_matches('.');
        let fits = host.chars().all(|c| is_plain(c) || c == '-' || c == '.')
            && inner.len() == host.len()
            && host.contains('.')
            && has_length(host, 4, 60);
        if fits { Ok(Self::Site(host.to_owned())) } else { Err(Refusal::NotAHandle) }
    }

    /// Its name in the canonical text.
    pub fn name(&self) -> &str {
        match self {
            Self::Instagram => "instagram",
            Self::X => "x",
            Self::Telegram => "telegram",
            Self::Tiktok => "tiktok",
            Self::Facebook => "facebook",
            Self::Discord => "discord",
            Self::Kakaotalk => "kakaotalk",
            Self::Line => "line",
            Self::Naver => "naver",
            Self::Site(host) => host,
        }
    }

    const fn hosts(&self) -> &'static [&'static str] {
        match self {
            Self::Instagram => &["instagram.com"],
            Self::X => &["x.com", "twitter.com"],
            Self::Telegram => &["t.me", "telegram.me"],
            Self::Tiktok => &["tiktok.com"],
            Self::Facebook => &["facebook.com", "fb.com"],
            Self::Naver => &["blog.naver.com"],
            Self::Discord | Self::Kakaotalk | Self::Line | Self::Site(_) => &[],
        }
    }

    /// What beside a–z and 0–9 a handle may have, and how long it may be.
    const fn rule(&self) -> (&'static str, RangeInclusive<usize>) {
        match self {
            Self::Instagram => ("._", 1..=30),
            Self::X => ("_", 1..=15),
            Self::Telegram => ("_", 4..=32),
            Self::Tiktok => ("._", 2..=24),
            Self::Facebook => ("", 5..=50),
            Self::Discord => ("._", 2..=32),
            Self::Kakaotalk | Self::Line => ("._-", 4..=20),
            Self::Naver => ("_-", 5..=20),
            Self::Site(_) => ("", 1..=64),
        }
    }
}

const fn is_plain(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit()
}

pub(super) fn canonical(platform: &Platform, text: &str) -> Result<String, Refusal> {
    let lower: String = text.trim().nfc().collect::<String>().to_lowercase().nfc().collect();
    let mut handle = within_address(platform, &lower);
    if *platform == Platform::Facebook {
        // Facebook takes john.smith and johnsmith for one.
        handle.retain(|c| c != '.');
    }
    let (beside, length) = platform.rule();
    let fits = match platform {
        Platform::Site(_) => {
            // Copied with its first `@` gone it must be itself.
            !handle.starts_with('@')
                && handle
                    .chars()
                    .all(|c| !c.is_whitespace() && !c.is_control() && !"/?#".contains(c))
        }
        _ => handle.chars().all(|c| is_plain(c) || beside.contains(c)),
    };
    if fits && has_length(&handle, *length.start(), *length.end()) {
        Ok(format!("handle:{}:{handle}", platform.name()))
    } else {
        Err(Refusal::NotAHandle)
    }
}

/// The handle, if what was typed is the address of its page; else what was typed.
fn within_address(platform: &Platform, typed: &str) -> String {
    let starts = ["https://", "http://", ""];
    let before = starts.iter().flat_map(|one| ["www.", "m.", ""].map(|two| format!("{one}{two}")));
    let pages = before.flat_map(|before| {
        platform.hosts().iter().filter_map(move |host| {
            typed.strip_prefix(&before)?.strip_prefix(host)?.strip_prefix('/')
        })
    });
    let page = pages.map(|page| page.split(['/', '?', '#']).next().unwrap_or_default()).next();
    let handle = page.unwrap_or(typed);
    handle.strip_prefix('@').unwrap_or(handle).to_owned()
}
