//! A case as whoever may ask for it gets it.

use seal::{compartment::Kind, wrap::WRAP_BYTES};
use store::{SealedVersion, WholeCase, WrapsMove};
use wire::onestop::{Bytes, Case, Exact, MoveMade, Withdrawn, Written};

/// All of it, closed as it is.
pub(super) fn case(whole: WholeCase) -> Case {
    let WholeCase { case, versions, moves, withdrawn } = whole;
    let (mut compartments, mut messages, mut entries) = (Vec::new(), Vec::new(), Vec::new());
    for version in versions {
        let of = |one: &&WrapsMove| one.kind == version.kind && one.version == version.version;
        let made = moves.iter().filter(of).map(made).collect();
        let written = written(version, made);
        match Kind::of_number(written.kind) {
            Ok(Kind::Message) => messages.push(written),
            Ok(Kind::Casework) => entries.push(written),
            _ => compartments.push(written),
        }
    }
    let withdrawn = withdrawn.into_iter().map(|one| Withdrawn {
        mark: Exact(one.mark),
        at: ::onestop::rules::seal_time(one.at),
        signature: Bytes(one.signature),
    });
    Case {
        case: Exact(case.id),
        manifest: Bytes(case.manifest),
        signature: Bytes(case.signature),
        received_at: case.received_at,
        compartments,
        messages,
        entries,
        withdrawn: withdrawn.collect(),
    }
}

fn made(one: &WrapsMove) -> MoveMade {
    MoveMade {
        wraps_before: Exact(one.wraps_before),
        author: one.author.map(Exact),
        signature: Bytes(one.signature.clone()),
    }
}

fn written(version: SealedVersion, moves: Vec<MoveMade>) -> Written {
    Written {
        kind: version.kind,
        version: version.version,
        closed: Bytes(version.closed),
        wraps: version.wraps.chunks(WRAP_BYTES).map(|wrap| Bytes(wrap.to_vec())).collect(),
        written_at: version.written_at,
        author: version.author.map(Exact),
        signature: version.signature.map(Bytes),
        moves,
    }
}
