use super::*;
use rand::{SeedableRng, rngs::ChaCha20Rng};
use rand_core::Rng;
use seal::{columns::COLUMNS, secret::Seed, sign::Signer, wrap::WRAP_BYTES};

/// A case with two versions that are kept, and her key.
struct Stage {
    rng: ChaCha20Rng,
    case: CaseId,
    signer: Signer,
    columns: Columns,
    kept: Vec<Kept>,
}

fn drawn<const N: usize>(rng: &mut ChaCha20Rng) -> [u8; N] {
    let mut bytes = [0; N];
    rng.fill_bytes(&mut bytes);
    bytes
}

fn wraps(rng: &mut ChaCha20Rng) -> Vec<[u8; WRAP_BYTES]> {
    (0..8).map(|_| drawn(rng)).collect()
}

impl Stage {
    fn set() -> Self {
        let mut rng = ChaCha20Rng::seed_from_u64(7);
        let signer = Signer::of(&Seed::draw(&mut rng));
        let columns = Columns::new([(); 8].map(|()| drawn(&mut rng)));
        let case = CaseId(drawn(&mut rng));
        let kept = [(3, 1), (13, 1)].map(|(kind, version)| Kept {
            place: place(case, kind, version).unwrap(),
            closed_hash: drawn(&mut rng),
            wraps: Wraps::of(&wraps(&mut rng)).unwrap(),
        });
        Self { rng, case, signer, columns, kept: kept.into() }
    }

    /// The version kept at `at` with other bytes in these columns, signed by `signer`.
    fn moving(&mut self, at: usize, columns: &[usize], signer: &Signer) -> Moving {
        let kept = &self.kept[at];
        let mut after = *kept.wraps.each();
        for no in columns {
            after[*no] = drawn(&mut self.rng);
        }
        let wraps = Wraps::of(&after).unwrap();
        let moved = written::Moved {
            place: kept.place,
            closed_hash: kept.closed_hash,
            before: kept.wraps.hash(),
            after: wraps.hash(),
        };
        Moving { place: kept.place, wraps, signature: moved.sign(signer).to_vec() }
    }

    fn own(&mut self, at: usize, columns: &[usize]) -> Moving {
        let signer = Signer::of(&Seed::draw(&mut ChaCha20Rng::seed_from_u64(7)));
        self.moving(at, columns, &signer)
    }

    fn mark(&self, column: usize) -> Hash {
        self.columns.at(ColumnNo::ALL[column])
    }

    fn takes_back(
        &self,
        column: usize,
        moving: &[Moving],
        before: &[Hash],
    ) -> Result<Vec<Receipt>, Refusal> {
        let withdrawal = Withdrawal { mark: self.mark(column), at: 3_600_000 };
        let signature = withdrawal.sign(&self.signer);
        let signed = (&withdrawal, signature.as_slice());
        withdraw(&self.kept, moving, &self.columns, before, signed, &self.signer.public())
    }

    fn moves(&self, moving: &[Moving], withdrawn: &[Hash]) -> Result<Vec<Receipt>, Refusal> {
        move_column(&self.kept, moving, &self.columns, withdrawn, &self.signer.public())
    }
}

const WRONG: Refusal = Refusal::Seal(seal::Refusal::SignatureWrong);
const NEW: Receipt = Receipt::New;

#[test]
fn a_consent_is_taken_back_with_everything_that_is_kept_or_not_at_all() {
    let mut stage = Stage::set();
    let (first, second) = (stage.own(0, &[5]), stage.own(1, &[5]));
    assert_eq!(stage.takes_back(5, &[], &[]), Err(Refusal::VersionTaken));
    let one = [first];
    assert_eq!(stage.takes_back(5, &one, &[]), Err(Refusal::VersionTaken));
    let [first] = one;
    let both = vec![first, second];
    assert_eq!(stage.takes_back(5, &both, &[]), Ok(vec![NEW, NEW]));
    assert_eq!(stage.takes_back(4, &both, &[]), Err(Refusal::ColumnWrong), "another's column");
}

#[test]
fn wraps_that_stay_as_they_are_take_nothing_back_unless_it_was_before() {
    let mut stage = Stage::set();
    let moving = vec![stage.own(0, &[]), stage.own(1, &[])];
    assert_eq!(stage.takes_back(5, &moving, &[]), Err(Refusal::ColumnWrong));
    let before = [stage.mark(5)];
    assert_eq!(stage.takes_back(5, &moving, &before), Ok(vec![Receipt::Same; 2]));
}

#[test]
fn nobody_else_takes_a_consent_back_and_none_that_was_never_given() {
    let mut stage = Stage::set();
    let moving = vec![stage.own(0, &[5]), stage.own(1, &[5])];
    let withdrawal = Withdrawal { mark: stage.mark(5), at: 3_600_000 };
    let another = Signer::of(&Seed::draw(&mut stage.rng));
    let signature = withdrawal.sign(&another);
    let key = stage.signer.public();
    let signed = (&withdrawal, signature.as_slice());
    assert_eq!(withdraw(&stage.kept, &moving, &stage.columns, &[], signed, &key), Err(WRONG));
    let never = Withdrawal { mark: [9; 32], at: 3_600_000 };
    let signature = never.sign(&stage.signer);
    let signed = (&never, signature.as_slice());
    let refused = withdraw(&stage.kept, &moving, &stage.columns, &[], signed, &key);
    assert_eq!(refused, Err(Refusal::ColumnWrong));
}

#[test]
fn a_center_moves_one_column_and_none_that_was_taken_back() {
    let mut stage = Stage::set();
    let moving = vec![stage.own(0, &[2]), stage.own(1, &[2])];
    assert_eq!(stage.moves(&moving, &[]), Ok(vec![NEW, NEW]));
    assert_eq!(stage.moves(&moving[..1], &[]), Ok(vec![NEW]), "a part is enough");
    let withdrawn = [stage.mark(2)];
    assert_eq!(stage.moves(&moving, &withdrawn), Err(Refusal::ColumnWrong));
    let two = [stage.own(0, &[2, 3])];
    assert_eq!(stage.moves(&two, &[]), Err(Refusal::ColumnWrong));
    let different = vec![stage.own(0, &[2]), stage.own(1, &[3])];
    assert_eq!(stage.moves(&different, &[]), Err(Refusal::ColumnWrong));
    let twice = vec![stage.own(0, &[2]), stage.own(0, &[2])];
    assert_eq!(stage.moves(&twice, &[]), Err(Refusal::ColumnWrong));
    let again = [stage.own(0, &[])];
    assert_eq!(stage.moves(&again, &[]), Ok(vec![Receipt::Same]), "a repeat");
}

impl Stage {
    /// A case with notes beside the two, of version 1.
    fn with_notes() -> Self {
        let mut stage = Self::set();
        let kept = Kept {
            place: place(stage.case, 11, 1).unwrap(),
            closed_hash: drawn(&mut stage.rng),
            wraps: Wraps::of(&wraps(&mut stage.rng)).unwrap(),
        };
        stage.kept.push(kept);
        stage
    }

    fn gives(
        &self,
        moving: &[Moving],
        notes: &Writing,
        newest: &Newest,
        withdrawn: &[Hash],
    ) -> Result<Option<Vec<Receipt>>, Refusal> {
        let gift = Gift { moving, notes, newest: Some(newest) };
        give(&gift, &self.kept, &self.columns, withdrawn, &self.signer.public())
    }
}

const FIRST: Newest = Newest { version: 1, closed_hash: [0; 32], by: Author::Herself };

#[test]
fn a_later_consent_stands_with_everything_that_is_kept_and_the_notes_anew_or_not_at_all() {
    let mut stage = Stage::with_notes();
    let notes = writing(&mut stage, 11, 2, 1);
    let both = vec![stage.own(0, &[5]), stage.own(1, &[5])];
    assert_eq!(stage.gives(&both, &notes, &FIRST, &[]), Ok(Some(vec![NEW, NEW])));
    assert_eq!(stage.gives(&both[..1], &notes, &FIRST, &[]), Err(Refusal::VersionTaken));
    let two = vec![stage.own(0, &[5]), stage.own(1, &[4])];
    assert_eq!(stage.gives(&two, &notes, &FIRST, &[]), Err(Refusal::ColumnWrong));
    // What she took back stays taken: whom she gives it again has another column.
    let taken = [stage.mark(5)];
    assert_eq!(stage.gives(&both, &notes, &FIRST, &taken), Err(Refusal::ColumnWrong));
    let newest = Newest { version: 2, closed_hash: notes.sealed.closed_hash, by: Author::Herself };
    assert_eq!(stage.gives(&both, &notes, &newest, &[]), Ok(None), "a repeat");
    let other = Newest { closed_hash: [9; 32], ..newest };
    assert_eq!(stage.gives(&both, &notes, &other, &[]), Err(Refusal::VersionTaken));
}

#[test]
fn nobody_else_gives_and_nothing_else_is_the_notes() {
    let mut stage = Stage::with_notes();
    let form = Err(Refusal::Seal(seal::Refusal::FormBroken));
    let both = vec![stage.own(0, &[5]), stage.own(1, &[5])];
    let incident = writing(&mut stage, 3, 2, 1);
    assert_eq!(stage.gives(&both, &incident, &FIRST, &[]), form);
    let notes = writing(&mut stage, 11, 2, 1);
    let all = vec![stage.own(0, &[5]), stage.own(1, &[5]), stage.own(2, &[5])];
    assert_eq!(stage.gives(&all, &notes, &FIRST, &[]), form, "the notes come anew, and once");
    let another = Signer::of(&Seed::draw(&mut stage.rng));
    let foreign = vec![stage.own(0, &[5]), stage.moving(1, &[5], &another)];
    assert_eq!(stage.gives(&foreign, &notes, &FIRST, &[]), Err(WRONG));
    let mut forged = writing(&mut stage, 11, 2, 2);
    forged.signature = notes.signature.clone();
    assert_eq!(stage.gives(&both, &forged, &FIRST, &[]), Err(WRONG));
}

#[test]
fn a_move_is_signed_from_the_wraps_that_are_kept() {
    let mut stage = Stage::set();
    let another = Signer::of(&Seed::draw(&mut stage.rng));
    let foreign = [stage.moving(0, &[2], &another)];
    assert_eq!(stage.moves(&foreign, &[]), Err(WRONG));
    let stale = [stage.own(0, &[2])];
    let moved = stage.own(0, &[2]);
    stage.kept[0].wraps = moved.wraps;
    assert_eq!(stage.moves(&stale, &[]), Err(WRONG), "somebody moved it meanwhile");
    stage.kept[0].place = place(stage.case, 3, 2).unwrap();
    assert_eq!(stage.moves(&stale, &[]), Err(Refusal::VersionTaken), "and wrote it");
}

/// A writing of this kind and version, closed as these bytes.
fn writing(stage: &mut Stage, kind: u8, version: u32, byte: u8) -> Writing {
    let closed = vec![byte; (16 << 10) + 16];
    let wraps = wraps(&mut stage.rng);
    let place = place(stage.case, kind, version).unwrap();
    let mut writing = Writing::read(place, closed, &wraps, Vec::new()).unwrap();
    let amended = Amended { place, sealed: writing.sealed };
    writing.signature = amended.sign(&stage.signer).to_vec();
    writing
}

#[test]
fn a_version_is_one_more_than_the_newest_and_a_repeat_is_the_same() {
    let mut stage = Stage::set();
    let she = Author::Herself;
    let second = writing(&mut stage, 3, 2, 1);
    let first = Newest { version: 1, closed_hash: [0; 32], by: she };
    assert_eq!(second.write(Some(&first), she), Ok(NEW));
    let newest = Newest { version: 2, closed_hash: second.sealed.closed_hash, by: she };
    assert_eq!(second.write(Some(&newest), she), Ok(Receipt::Same));
    let device = Author::Device(DeviceId([1; 16]));
    assert_eq!(second.write(Some(&newest), device), Err(Refusal::VersionTaken));
    let other = writing(&mut stage, 3, 2, 2);
    assert_eq!(other.write(Some(&newest), she), Err(Refusal::VersionTaken));
    let gap = writing(&mut stage, 3, 4, 2);
    assert_eq!(gap.write(Some(&newest), she), Err(Refusal::VersionGap));
}

#[test]
fn threads_begin_at_one_and_end_where_a_case_is_full() {
    let mut stage = Stage::set();
    let she = Author::Herself;
    for kind in [13, 14] {
        assert_eq!(writing(&mut stage, kind, 1, 1).write(None, she), Ok(NEW));
        assert_eq!(writing(&mut stage, kind, 2, 1).write(None, she), Err(Refusal::VersionGap));
        let before = Newest { version: THREAD - 1, closed_hash: [0; 32], by: she };
        assert_eq!(writing(&mut stage, kind, THREAD, 1).write(Some(&before), she), Ok(NEW));
        let last = Newest { version: THREAD, ..before };
        let more = writing(&mut stage, kind, THREAD + 1, 1);
        assert_eq!(more.write(Some(&last), she), Err(Refusal::CaseFull));
    }
    // A compartment has as many versions as it takes: the older ones go.
    let last = Newest { version: THREAD, closed_hash: [0; 32], by: she };
    assert_eq!(writing(&mut stage, 3, THREAD + 1, 1).write(Some(&last), she), Ok(NEW));
}

#[test]
fn a_full_case_is_taken_back_in_one_request() {
    // Base64 without padding, quotes and a comma for each of eight wraps; a signature and the names.
    let wraps = COLUMNS * ((WRAP_BYTES * 4).div_ceil(3) + 3);
    let version = wraps + 86 + r#"{"kind":14,"version":140,"wraps":[],"signature":""},"#.len();
    let versions = Kind::OF_REPORT.len() + 2 * THREAD as usize;
    let most = versions * version + 1_024;
    assert!(most < crate::rules::MOVE_BYTES, "{most}");
    assert!(most > crate::rules::REQUEST_BYTES, "it needs a limit of its own");
}

#[test]
fn what_is_written_is_signed_by_its_author_and_of_a_size_that_is_one() {
    let mut stage = Stage::set();
    let written = writing(&mut stage, 13, 1, 1);
    assert_eq!(written.is_signed_by(&stage.signer.public()), Ok(()));
    assert_eq!(written.is_signed_by(&[4; 32]), Err(WRONG));
    let form = Err(Refusal::Seal(seal::Refusal::FormBroken));
    let place_of = |kind, version| place(stage.case, kind, version).map(|_| ());
    assert_eq!([place_of(0, 1), place_of(15, 1), place_of(13, 0), place_of(14, 0)], [form; 4]);
    let at = place(stage.case, 13, 1).unwrap();
    let whole = wraps(&mut stage.rng);
    let read = |closed: usize, wraps: &[[u8; WRAP_BYTES]]| {
        Writing::read(at, vec![0; closed], wraps, Vec::new()).map(|_| ())
    };
    assert_eq!(read(16_400, &whole), Ok(()));
    assert_eq!(read(16_399, &whole), form);
    let eight = Err(Refusal::Seal(seal::Refusal::WrapsNotEight));
    assert_eq!([read(16_400, &whole[..7]), read(16_400, &[])], [eight; 2]);
}
