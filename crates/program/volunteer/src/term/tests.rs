use super::*;
use proptest::prelude::*;

fn seoul() -> Zone {
    Zone::named("Asia/Seoul").unwrap()
}

fn term_on(engagement: Engagement, date: &str) -> Term {
    let at = |date: &str| seoul().moment(&format!("{date}T00:00")).unwrap();
    let since = at("2026-03-02") + Span::hours(9);
    Term::of(engagement, since, &Rules::default(), &seoul(), at(date))
}

#[test]
fn a_contract_of_23_months_is_warned_of_sixty_days_before_it_ends() {
    let ends_at = seoul().moment("2028-02-02T00:00").unwrap();
    assert_eq!(term_on(Engagement::Paid, "2027-12-03"), Term::Running { ends_at });
    assert_eq!(term_on(Engagement::Paid, "2027-12-04"), Term::EndsSoon { ends_at });
    assert_eq!(term_on(Engagement::Paid, "2028-02-01"), Term::EndsSoon { ends_at });
    assert_eq!(term_on(Engagement::Paid, "2028-02-02"), Term::Over { ended_at: ends_at });
}

#[test]
fn volunteers_may_serve_as_long_as_they_like() {
    assert_eq!(term_on(Engagement::Volunteer, "2040-01-01"), Term::Open);
}

proptest! {
    #[test]
    fn nobody_serves_past_the_end_unwarned(days in 0_i64..1_000, warn in 1_u16..200) {
        let rules = Rules { service_warn_days: warn, ..Rules::default() };
        let since = seoul().moment("2026-03-02T09:00").unwrap();
        let term = |days| {
            Term::of(Engagement::Paid, since, &rules, &seoul(), since + Span::days(days))
        };
        if !term(days + 1).holds() {
            let unwarned = matches!(term(days), Term::Running { .. } | Term::Open);
            prop_assert!(!unwarned);
        }
    }
}
