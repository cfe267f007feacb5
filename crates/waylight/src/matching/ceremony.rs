//! The ceremony in which three holders make a key that none of them has: each step a command, what goes
//! between them a file. Everything a holder draws follows from one seed, so that a step can be done
//! again, and the seed is deleted when the share is there.

use super::files::{self, FORM, drawn, fingerprint};
use crate::say;
use anyhow::{Context, Result, anyhow, bail, ensure};
use matching::{
    Refusal,
    ceremony::{Begun, Heard, Told, begin},
    holder::{HolderKey, HolderNo, Holders},
};
use rand::{SeedableRng, rngs::ChaCha20Rng};
use seal::key::{PrivateKey, PublicKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};
use wire::onestop::{Bytes, Exact};
use zeroize::Zeroizing;

/// While the ceremony is under way.
const CEREMONY: &str = "ceremony.json";
/// When it is done.
const SHARE: &str = "share.json";

/// What a holder says to both others.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct BegunFile {
    form: u8,
    holder: u8,
    said: Exact<129>,
    /// What the others seal their values for.
    key: Bytes,
}

/// Two sealed values, one for each other holder.
#[derive(Serialize, Deserialize)]
struct ToldFile {
    form: u8,
    holder: u8,
    told: Vec<ToldTo>,
}

#[derive(Serialize, Deserialize)]
struct ToldTo {
    to: u8,
    sealed: Bytes,
}

/// What a holder keeps while the ceremony is under way.
#[derive(Serialize, Deserialize)]
struct Ceremony {
    holder: u8,
    seed: Exact<32>,
    others: Vec<BegunFile>,
}

/// What a holder keeps afterwards.
#[derive(Serialize, Deserialize)]
struct Share {
    form: u8,
    holder: u8,
    scalar: Exact<32>,
    holders: [Exact<32>; 3],
}

/// A holder's share, read.
pub(super) fn share(dir: &Path) -> Result<HolderKey> {
    let file = dir.join(SHARE);
    ensure!(file.is_file(), "{} has no share yet: `holder finish` makes it", dir.display());
    let share: Share = files::read(&file, "share of a holder")?;
    let bytes = Zeroizing::new(share.scalar.0);
    let key = HolderNo::of(share.holder).and_then(|no| HolderKey::of(no, &*bytes));
    key.map_err(|refusal| anyhow!("{} is damaged: {refusal}", file.display()))
}

/// The first step.
pub(super) fn step_begin(dir: &Path, number: u8, out: &Path) -> Result<()> {
    let no = HolderNo::of(number).map_err(|_other| anyhow!("a holder's number is 1, 2 or 3"))?;
    files::make_folder(dir)?;
    ensure!(
        !dir.join(SHARE).exists(),
        "{} has a share already: another ceremony needs another folder",
        dir.display()
    );
    let made = Ceremony { holder: number, seed: Exact(*drawn()?), others: Vec::new() };
    files::write_new(&dir.join(CEREMONY), &files::json(&made)?).with_context(|| {
        format!("a ceremony is under way in {}: go on with it, or delete it", dir.display())
    })?;
    let file = made.begun_file(no)?;
    files::replace(out, &files::json(&file)?)?;
    say::line(file.fingerprint())?;
    say::aside(format_args!(
        "Give {} to both other holders, and read them the line above by telephone. \
         Then: holder hear",
        out.display()
    ));
    Ok(())
}

/// The second step.
pub(super) fn step_hear(dir: &Path, begun: &[PathBuf], out: &Path) -> Result<()> {
    let mut kept = under_way(dir)?;
    kept.others = begun
        .iter()
        .map(|path| {
            let file: BegunFile = files::read(path, "file that `holder begin` wrote")?;
            say::aside(format_args!("{}: {}", path.display(), file.fingerprint()));
            Ok(file)
        })
        .collect::<Result<_>>()?;
    let (_, told, words) = kept.hear()?;
    files::replace(&dir.join(CEREMONY), &files::json(&kept)?)?;
    let told =
        told.into_iter().map(|one| ToldTo { to: one.to.number(), sealed: one.sealed.into() });
    let file = ToldFile { form: FORM, holder: kept.holder, told: told.collect() };
    files::replace(out, &files::json(&file)?)?;
    say::line(&words)?;
    say::aside(format_args!(
        "All three must see this line; compare it by telephone. Give {} to both other holders. \
         Then: holder finish",
        out.display()
    ));
    Ok(())
}

/// The third step.
pub(super) fn step_finish(dir: &Path, told: &[PathBuf]) -> Result<()> {
    let kept = under_way(dir)?;
    ensure!(!kept.others.is_empty(), "`holder hear` comes first");
    let no = kept.number()?;
    let mut mine = Vec::new();
    for path in told {
        let file: ToldFile = files::read(path, "file that `holder hear` wrote")?;
        ensure!(file.form == FORM, "{} is of another form", path.display());
        let from = HolderNo::of(file.holder).map_err(explained)?;
        let for_me = file.told.into_iter().filter(|one| one.to == no.number());
        mine.extend(for_me.map(|one| Told { from, to: no, sealed: one.sealed.0 }));
    }
    let (heard, _, _) = kept.hear()?;
    let (key, holders) = heard.finish(&kept.opening_key()?, &mine).map_err(explained)?;
    keep(dir, &key, holders)?;
    for key in holders.keys() {
        say::line(format_args!("key = \"{}\"", files::letters(key)))?;
    }
    say::aside(
        "These are the keys of holders 1, 2 and 3, in this order, for the city's pack. All three \
         must have got the same lines. The seed of the ceremony is deleted.",
    );
    Ok(())
}

fn keep(dir: &Path, key: &HolderKey, holders: Holders) -> Result<()> {
    let share = Share {
        form: FORM,
        holder: key.no().number(),
        scalar: Exact(*key.expose()),
        holders: holders.keys().map(Exact),
    };
    files::write_new(&dir.join(SHARE), &files::json(&share)?)?;
    let ceremony = dir.join(CEREMONY);
    fs::remove_file(&ceremony).with_context(|| format!("deleting {}", ceremony.display()))
}

fn under_way(dir: &Path) -> Result<Ceremony> {
    let file = dir.join(CEREMONY);
    if !file.is_file() {
        let done = dir.join(SHARE).is_file();
        let why = if done { "is done" } else { "has not begun: `holder begin` comes first" };
        bail!("the ceremony in {} {why}", dir.display());
    }
    files::read(&file, "ceremony")
}

impl BegunFile {
    fn fingerprint(&self) -> String {
        fingerprint("waylight/matching/begun", &[&[self.holder], &self.said.0, &self.key.0])
    }
}

impl Ceremony {
    fn number(&self) -> Result<HolderNo> {
        HolderNo::of(self.holder).map_err(explained)
    }

    /// Chance for one use: of other words, other chance, so that a step done again with other files
    /// never closes two things alike.
    fn chance(&self, of: &str, words: &[&[u8]]) -> ChaCha20Rng {
        let label = format!("waylight/matching/ceremony/{of}");
        let mut hash = Sha256::new_with_prefix(label).chain_update([0]).chain_update(self.seed.0);
        for word in words {
            hash.update(Sha256::digest(word));
        }
        ChaCha20Rng::from_seed(hash.finalize().into())
    }

    fn opening_key(&self) -> Result<PrivateKey> {
        PrivateKey::draw(&mut self.chance("key", &[])).map_err(|_never| anyhow!("no key was drawn"))
    }

    fn begun(&self, no: HolderNo) -> Result<Begun> {
        begin(no, &mut self.chance("begin", &[])).map_err(explained)
    }

    fn begun_file(&self, no: HolderNo) -> Result<BegunFile> {
        let key = self.opening_key()?.public().bytes().to_vec();
        let said = Exact(*self.begun(no)?.said());
        Ok(BegunFile { form: FORM, holder: no.number(), said, key: key.into() })
    }

    /// Hears both others: what follows, what is told to each, and what all three must have heard.
    fn hear(&self) -> Result<(Heard, Vec<Told>, String)> {
        let no = self.number()?;
        let own = self.begun_file(no)?;
        let mut all = BTreeMap::from([(self.holder, &own)]);
        for other in &self.others {
            ensure!(other.form == FORM, "a file of holder {} is of another form", other.holder);
            ensure!(
                other.holder == other.said.0[0],
                "a file of holder {} is damaged",
                other.holder
            );
            if all.insert(other.holder, other).is_some() {
                bail!("holder {} is there twice: give the files of both others", other.holder);
            }
        }
        let words: Vec<&[u8]> =
            all.values().flat_map(|one| [one.said.0.as_slice(), one.key.0.as_slice()]).collect();
        let mut keys = BTreeMap::new();
        for other in &self.others {
            let key = PublicKey::from_bytes(&other.key.0)
                .map_err(|_key| anyhow!("the file of holder {} has no whole key", other.holder))?;
            keys.insert(HolderNo::of(other.holder).map_err(explained)?, key);
        }
        let said: Vec<&[u8]> = self.others.iter().map(|one| one.said.0.as_slice()).collect();
        let mut chance = self.chance("hear", &words);
        let (heard, told) = self.begun(no)?.hear(&said, &keys, &mut chance).map_err(explained)?;
        Ok((heard, told, fingerprint("waylight/matching/heard", &words)))
    }
}

/// What went wrong, and what to do.
fn explained(refusal: Refusal) -> anyhow::Error {
    let said = match refusal {
        Refusal::HolderUnknown => "give one file of each of the two other holders, and no other",
        Refusal::CeremonyProofWrong => {
            "a holder does not prove to know what its file says: the file is damaged or false. Get \
             it again, and compare its fingerprint by telephone"
        }
        Refusal::CeremonyDisagrees => {
            "the three have not heard the same files. Compare the line `holder hear` printed by \
             telephone; where it differs, exchange the files of `holder begin` again and repeat \
             `holder hear` everywhere"
        }
        Refusal::ShareWrong => {
            "what a holder sealed does not fit what it said at the beginning: it means ill, or its \
             machine is broken. Begin a new ceremony in new folders"
        }
        Refusal::HoldersDoNotFit | Refusal::IdentityElement => {
            "the three keys are not of one key. Begin a new ceremony in new folders"
        }
        _ => "a file is damaged",
    };
    anyhow!("{said} ({refusal})")
}

#[cfg(test)]
mod tests;
