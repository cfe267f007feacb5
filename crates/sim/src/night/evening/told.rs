//! What the three invented women wrote. Nothing of it happened to anybody.

use serde_json::{Value, json};

/// One report's contents, by the page's own forms (`web/src/onestop/content.ts`).
pub(super) struct Told {
    pub(super) contact: Value,
    pub(super) incident: Value,
    pub(super) perpetrator: Value,
    pub(super) safety: Value,
    pub(super) wants: Value,
}

/// What the counseling center answers the first.
pub(super) const ANSWER: &str = "말해 주셔서 고마워요. 지금 안전하신가요? 원하시는 것만, 원하시는 만큼만 함께할게요. \
     (지어낸 답장이에요)\nThank you for telling us. Are you safe now? We go only as far as you want. (an invented answer)";
/// And what she writes back.
pub(super) const THANKS: &str = "네, 지금은 괜찮아요. 먼저 법률 상담을 받고 싶어요. (지어낸 글이에요)\n\
     Yes, I am all right now. I would like legal advice first. (invented)";

/// The fields of hers that go to the legal aid office, by kind and name.
pub(super) const REFERRED_FIELDS: [&str; 4] = ["1.reach", "3.digital", "3.place", "11.wants"];

/// What goes to the legal aid office, and nothing beside it: the fields above and what is asked.
pub(super) fn referred() -> Value {
    json!({
        "fields": {
            "1.reach": "mailbox", "3.digital": ["stalking"], "3.place": "alley_stairwell",
            "11.wants": ["counsel", "legal"],
        },
        "ask": "(지어낸 부탁) 따라다니는 사람을 막을 수 있는 방법을 알려 주세요. 접근금지를 신청할 수 있는지 궁금해해요.",
    })
}

impl Told {
    /// Followed to her door some weeks ago.
    pub(super) fn stairs() -> Self {
        Self {
            contact: json!({"v": 1, "reach": "mailbox"}),
            incident: json!({"v": 1, "happened": "(지어낸 이야기) 퇴근길에 같은 사람이 세 번째 따라왔어요. 건물 계단까지 들어왔어요.",
                "when": {"known": "month", "date": "2026-11"}, "time_of_day": "night", "place": "alley_stairwell",
                "digital": ["stalking"]}),
            perpetrator: json!({"v": 1, "relationship": "no_relation"}),
            safety: json!({"v": 1, "in_danger_now": "no"}),
            wants: json!(["counsel", "legal"]),
        }
    }

    /// At home, and not sure whether it is over.
    pub(super) fn tonight() -> Self {
        Self {
            contact: json!({"v": 1, "reach": "text", "where": "(지어낸 번호) 010-0000-0000", "when": "평일 낮 12시에서 1시",
                "words_allowed": "'도서관 예약 안내'라고만 해 주세요"}),
            incident: json!({"v": 1, "happened": "(지어낸 이야기) 같이 사는 사람이 팔을 세게 잡았어요. 멍이 들었어요.",
                "when": {"known": "day", "date": "2026-11-22"}, "time_of_day": "evening", "place": "home"}),
            perpetrator: json!({"v": 1, "relationship": "intimate_partner_former_partner"}),
            safety: json!({"v": 1, "in_danger_now": "unsure"}),
            wants: json!(["counsel", "medical", "decide_later"]),
        }
    }

    /// Pictures of her, in English: she has lived here for a year.
    pub(super) fn pictures() -> Self {
        Self {
            contact: json!({"v": 1, "reach": "mailbox"}),
            incident: json!({"v": 1, "happened": "(an invented story) Somebody I worked with shared pictures of me. I do not know how many people saw them.",
                "when": {"known": "no"}, "place": "online", "digital": ["distribution"]}),
            perpetrator: json!({"v": 1, "relationship": "supervisor_employer"}),
            safety: json!({"v": 1, "in_danger_now": "no"}),
            wants: json!(["counsel", "keep_record"]),
        }
    }
}
