use super::*;
use crate::tests::{cuts, dice, flips, key, refused};

const EPOCH: Epoch = Epoch { team: TeamId([1; 16]), number: 3 };
const DEVICE: DeviceId = DeviceId([2; 16]);

#[test]
fn a_teams_key_opens_on_its_device_only() {
    let (team, device) = (key(1), key(2));
    let closed = EPOCH.close(&team, DEVICE, &device.public(), &mut dice(3)).unwrap();
    let opened = EPOCH.open(DEVICE, &device, &closed).ok().unwrap();
    assert_eq!(opened.seed().expose(), team.seed().expose());
    assert!(opened.public() == team.public());
    let not = Refusal::NotForYou;
    assert_eq!(refused(EPOCH.open(DEVICE, &key(4), &closed)), not);
    assert_eq!(refused(EPOCH.open(DeviceId([9; 16]), &device, &closed)), not);
    assert_eq!(refused(Epoch { number: 4, ..EPOCH }.open(DEVICE, &device, &closed)), not);
    let other = Epoch { team: TeamId([9; 16]), ..EPOCH };
    assert_eq!(refused(other.open(DEVICE, &device, &closed)), not);
    // A wrap is closed by the same hand, and there every bit is turned.
    for broken in flips(&closed).step_by(97) {
        assert_eq!(refused(EPOCH.open(DEVICE, &device, &broken)), not);
    }
    for broken in cuts(&closed) {
        assert_eq!(refused(EPOCH.open(DEVICE, &device, &broken)), Refusal::WrapNotWhole);
    }
}
