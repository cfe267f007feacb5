use super::{Made, Section, cut, dice, flip, hex, more, private, with};
use seal::{
    Refusal,
    id::{DeviceId, TeamId},
    team::Epoch,
};
use serde_json::json;

pub(super) fn made() -> Made {
    let mut section = Section::new("team");
    let epoch = Epoch { team: TeamId(*b"a team's 16 byte"), number: 3 };
    let device = DeviceId(*b"a device's bytes");
    let (team, reader) = (private(1)?, private(2)?);
    let closed = epoch.close(&team, device, &reader.public(), &mut dice(3))?;
    let closed = section.keep("closed", &closed);
    let good = json!({
        "private_key": hex(reader.seed().expose()), "team": hex(&epoch.team.0), "epoch": epoch.number,
        "device": hex(&device.0), "closed": closed,
    });
    let gives = json!({ "seed": hex(team.seed().expose()) });
    section.gives(["open", "on its device", "open"], &good, gives);
    for (name, says, field, value) in [
        ("other-key", "another device's key", "private_key", hex(private(3)?.seed().expose())),
        ("other-device", "another device", "device", flip(&hex(&device.0), &[0])),
        ("other-team", "another team", "team", flip(&hex(&epoch.team.0), &[127])),
        ("other-epoch", "another epoch", "epoch", json!(4)),
        ("flip-0", "a bit of the encapsulation", "closed", flip(&closed, &[0])),
        ("flip-8704", "a bit of its curve's half", "closed", flip(&closed, &[8_704])),
        ("flip-8960", "a bit of the closed seed", "closed", flip(&closed, &[8_960])),
        ("flip-9343", "the last bit", "closed", flip(&closed, &[9_343])),
        ("zeros", "zeros", "closed", json!({ "repeat": "00", "times": 1_168 })),
    ] {
        section.refuses([name, says, "open"], &with(&good, [(field, value)]), Refusal::NotForYou);
    }
    for (name, says, value) in [
        ("empty", "nothing", json!("")),
        ("short", "a byte missing", cut(&closed, 1_167)),
        ("long", "a byte too many", more(&closed, "00")),
        ("enc", "only the encapsulation", cut(&closed, 1_120)),
    ] {
        let inputs = with(&good, [("closed", value)]);
        section.refuses([name, says, "open"], &inputs, Refusal::WrapNotWhole);
    }
    Ok(section)
}
