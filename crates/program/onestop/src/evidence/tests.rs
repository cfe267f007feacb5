use super::*;
use seal::file::Layout;

fn announced(file: u8, content: u64) -> Announced {
    Announced {
        case: CaseId([1; 16]),
        file: FileId([file; 16]),
        leaf: [3; 32],
        padded: Padded::of(Layout::of(content).unwrap().padded()).unwrap(),
    }
}

#[test]
fn a_length_is_one_that_files_are_rounded_to() {
    for content in [0, 1, 65_528, 65_529, 3_000_000, 100 << 20, 500_000_000, CONTENT_BYTES] {
        let layout = Layout::of(content).unwrap();
        let padded = Padded::of(layout.padded()).unwrap();
        assert_eq!(u64::from(padded.parts()), layout.parts());
        let closed = (0..padded.parts()).map(|part| padded.closed_bytes(part).unwrap());
        assert_eq!(closed.sum::<u64>(), layout.padded() + 16 * layout.parts());
        assert_eq!(padded.closed_bytes(padded.parts()), None);
    }
    // Shorter than the least, between two steps, longer than the most, and nonsense.
    let most = Layout::of(CONTENT_BYTES).unwrap().padded();
    for bytes in [0, 7, 8, 65_535, 65_537, most - 1, most + 1, 2 << 30, u64::MAX] {
        assert_eq!(Padded::of(bytes), Err(Refusal::FileTooLarge), "{bytes}");
    }
}

#[test]
fn a_file_is_begun_once_and_while_there_is_room() {
    let film = announced(1, 400 << 20);
    let parts = u64::from(film.padded.parts());
    let room = Room::default();
    assert_eq!(film.begin(None, &room), Ok(Receipt::New));
    let full = Room { files: 1_000, parts: 1 << 30, this_hour: 1 << 30, all: 1 << 30 };
    assert_eq!(film.begin(Some(&film), &full), Ok(Receipt::Same), "it has its room already");
    assert_eq!(film.begin(Some(&announced(1, 9)), &room), Err(Refusal::FileTaken));
    let other = Announced { case: CaseId([2; 16]), ..film };
    assert_eq!(film.begin(Some(&other), &room), Err(Refusal::FileTaken));
    for (room, refused) in [
        (Room { files: FILES_IN_A_CASE, ..room }, Refusal::FilesFull),
        (Room { parts: PARTS_IN_A_CASE - parts + 1, ..room }, Refusal::FilesFull),
        (Room { this_hour: PARTS_IN_60_MINUTES - parts + 1, ..room }, Refusal::FilesLater),
        (Room { all: PARTS_KEPT - parts + 1, ..room }, Refusal::FilesLater),
    ] {
        assert_eq!(film.begin(None, &room), Err(refused));
    }
    let last = Room {
        files: FILES_IN_A_CASE - 1,
        parts: PARTS_IN_A_CASE - parts,
        this_hour: PARTS_IN_60_MINUTES - parts,
        all: PARTS_KEPT - parts,
    };
    assert_eq!(film.begin(None, &last), Ok(Receipt::New));
}

#[test]
fn a_part_has_the_length_its_number_says() {
    let photo = announced(1, 1_500_000);
    let broken = Err(Refusal::Seal(seal::Refusal::FormBroken));
    let last = photo.padded.closed_bytes(1).unwrap() as usize;
    assert_eq!(photo.takes(0, &vec![0; (1 << 20) + 16]), Ok(()));
    assert_eq!(photo.takes(1, &vec![0; last]), Ok(()));
    assert_eq!(photo.takes(0, &vec![0; last]), broken);
    assert_eq!(photo.takes(1, &vec![0; last - 1]), broken);
    assert_eq!(photo.takes(2, &vec![0; last]), broken);
    assert_eq!(photo.takes(u32::MAX, &[]), broken);
}
