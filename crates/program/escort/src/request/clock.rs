//! The clocks of a walk. In every live state exactly one deadline runs, and after it has lapsed
//! another one: nothing is ever left to somebody remembering it.

use super::{Attention, Reach, Request, Stage};
use crate::{Event, Lapse, Rules, rules::seconds};
use kernel::{Instant, Span};

impl Request {
    /// The deadline that runs in this stage; `None` when there is nothing left to do.
    pub(super) fn lapse(&self) -> Option<Lapse> {
        match self.stage {
            Stage::Nothing | Stage::Home | Stage::Cancelled | Stage::Refused => None,
            Stage::Sent | Stage::HandedOver => Some(Lapse::Unseen),
            Stage::Seen => Some(Lapse::Unassigned),
            Stage::Offered => Some(Lapse::Offer),
            Stage::Accepted => Some(Lapse::SetOff),
            Stage::OnTheWay => Some(Lapse::Way),
            Stage::Arrived => Some(Lapse::Meeting),
            Stage::Met => Some(Lapse::Start),
            Stage::Walking => Some(Lapse::Walk),
        }
    }

    /// When it lapses.
    pub(super) fn due_at(&self, lapse: Lapse, rules: &Rules) -> Instant {
        match lapse {
            Lapse::Unseen | Lapse::Unassigned => self.ring_due(self.reach, self.rang_at, rules),
            Lapse::Offer => self.offer_until(rules).unwrap_or(self.since),
            Lapse::SetOff | Lapse::Way | Lapse::Meeting | Lapse::Start | Lapse::Walk => {
                match self.attention {
                    Attention::None => self.expected_by(lapse, rules),
                    Attention::Overdue { at } => at + seconds(rules.overdue_again_seconds),
                    Attention::InHand { at } => {
                        at + Span::minutes(i64::from(rules.looked_again_minutes.max(1)))
                    }
                }
            }
        }
    }

    /// When the waiting began to count. A walk for later is not late before its lead time.
    fn waiting_from(&self, rules: &Rules) -> Instant {
        match self.stage {
            Stage::Seen => self.waiting_since.max(self.wanted_at - rules.lead_time()),
            _ => self.waiting_since,
        }
    }

    /// When a request carried so far, and last rung then, rings next.
    fn ring_due(&self, reach: Reach, rang_at: Instant, rules: &Rules) -> Instant {
        let limits = if self.stage == Stage::Seen {
            [
                rules.unassigned_all_desks_seconds,
                rules.unassigned_duty_seconds,
                rules.unassigned_neighbor_seconds,
            ]
        } else {
            [
                rules.unseen_all_desks_seconds,
                rules.unseen_duty_seconds,
                rules.unseen_neighbor_seconds,
            ]
        };
        match reach {
            Reach::OwnDesk => self.waiting_from(rules) + seconds(limits[0]),
            Reach::AllDesks => self.waiting_from(rules) + seconds(limits[1]),
            Reach::Duty => self.waiting_from(rules) + seconds(limits[2]),
            Reach::Neighbor => rang_at + seconds(rules.ring_again_seconds),
        }
    }

    /// When a step of the team should be made.
    fn expected_by(&self, lapse: Lapse, rules: &Rules) -> Instant {
        let walk = Span::seconds(self.assigned.map_or(0, |assigned| assigned.walk_seconds).into());
        match lapse {
            Lapse::SetOff => {
                (self.since + seconds(rules.set_off_seconds)).max(self.wanted_at - walk)
            }
            Lapse::Way => self.since + walk + seconds(rules.way_margin_seconds),
            Lapse::Meeting => {
                self.since.max(self.wanted_at) + seconds(rules.meeting_overdue_seconds)
            }
            Lapse::Start => self.since + seconds(rules.start_overdue_seconds),
            _ => {
                let minutes = self.expected_minutes.saturating_add(rules.walk_home_margin_minutes);
                self.since + Span::minutes(minutes.max(1).into())
            }
        }
    }

    /// Every ring that is due by `now` and was not given: after an outage all of them at once.
    fn rings_due(&self, rules: &Rules, now: Instant) -> Vec<Event> {
        let (mut reach, mut rang_at) = (self.reach, self.rang_at);
        let mut rings = Vec::new();
        while self.ring_due(reach, rang_at, rules) <= now {
            let (further, event) = match reach {
                Reach::OwnDesk => (Reach::AllDesks, Event::EscalatedToAllDesks),
                Reach::AllDesks => (Reach::Duty, Event::EscalatedToDuty),
                Reach::Duty => (Reach::Neighbor, Event::EscalatedToNeighbor),
                Reach::Neighbor => (Reach::Neighbor, Event::RangAgain),
            };
            rings.push(event);
            // What rings now rings next a full interval later, so this ends.
            (reach, rang_at) = (further, now);
        }
        rings
    }

    /// What a lapsed deadline leads to. A timer that fires early, late or twice does no harm:
    /// only the state and the time decide.
    pub(super) fn decide_elapsed(&self, lapse: Lapse, rules: &Rules, now: Instant) -> Vec<Event> {
        if self.lapse() != Some(lapse) || self.due_at(lapse, rules) > now {
            return vec![];
        }
        match lapse {
            Lapse::Unseen | Lapse::Unassigned => self.rings_due(rules, now),
            Lapse::Offer => self.team().map(|team| Event::Lapsed { team }).into_iter().collect(),
            what => vec![Event::Overdue { what }],
        }
    }
}
