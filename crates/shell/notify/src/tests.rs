use super::*;

fn message(number: u64, to: Recipient, matter: Matter) -> Outgoing {
    Outgoing {
        number,
        at: Instant::from_millis(1_795_442_400_000),
        to,
        matter,
        language: Language::Ko,
    }
}

#[tokio::test]
async fn a_gateway_finds_one_line_for_each_message_in_order() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("outbox.jsonl");
    let sink = Channel::FileSink(path.clone());
    let team = Recipient::Team(Id::from_bits(7));
    let duty = Recipient::Duty {
        district: "gwanak".to_owned(),
        phone: Some(Secret::new("02-000-0000".to_owned())),
    };
    sink.send(&message(41, team, Matter::Offer)).await.unwrap();
    sink.send(&message(42, duty, Matter::AlarmUnseen)).await.unwrap();
    let lines = std::fs::read_to_string(&path).unwrap();
    let lines: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines[0]["id"], "41-offer");
    assert_eq!(lines[0]["to"]["kind"], "team");
    assert_eq!(lines[1]["id"], "42-alarm-unseen");
    assert_eq!(lines[1]["to"]["phone"], "02-000-0000");
}

#[tokio::test]
async fn a_sink_that_cannot_be_written_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let sink = Channel::FileSink(dir.path().join("missing").join("outbox.jsonl"));
    let team = Recipient::Team(Id::from_bits(7));
    let failure = sink.send(&message(1, team, Matter::Offer)).await.unwrap_err();
    assert!(matches!(failure, Failure::File { .. }));
}
