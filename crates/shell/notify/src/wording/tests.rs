use super::*;

#[test]
fn every_matter_has_words_in_both_languages() {
    for matter in Matter::ALL {
        for language in Language::ALL {
            let text = from_catalogue(matter.key(), language);
            assert!(text.is_some_and(|text| !text.is_empty()), "{matter:?} in {language:?}");
        }
    }
}

#[test]
fn a_lock_screen_tells_nobody_what_it_is_about() {
    for language in Language::ALL {
        let team = wording(Matter::Offer, language);
        assert_eq!(team, wording(Matter::Change, language));
        assert_eq!(wording(Matter::WalkUnseen, language), wording(Matter::AlarmUnseen, language));
        for word in ["walk", "alarm", "help", "home", "귀가", "신고", "동행", "여성"] {
            assert!(!team.to_lowercase().contains(word), "{team:?} says {word:?}");
        }
    }
}
