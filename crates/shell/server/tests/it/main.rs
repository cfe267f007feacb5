//! Journeys through the city, over its own HTTP surface, on a clock that is stepped.

#[cfg(test)]
mod alarm;
#[cfg(test)]
mod asking;
#[cfg(test)]
mod authority;
#[cfg(test)]
mod canary;
#[cfg(test)]
mod city;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod dispatch;
#[cfg(test)]
mod duty;
#[cfg(test)]
mod live;
#[cfg(test)]
mod onestop;
#[cfg(test)]
mod onestop_ledger;
#[cfg(test)]
mod onestop_referral;
#[cfg(test)]
mod outage;
#[cfg(test)]
mod oversight;
#[cfg(test)]
mod patrol;
#[cfg(test)]
mod promise;
#[cfg(test)]
mod ready;
#[cfg(test)]
mod seat;
#[cfg(test)]
mod station;
#[cfg(test)]
mod volunteer;
#[cfg(test)]
mod walk;
