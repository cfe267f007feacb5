//! Journeys through the city, over its own HTTP surface, on a clock that is stepped.

mod alarm;
mod asking;
mod authority;
mod canary;
mod city;
mod dispatch;
mod live;
mod outage;
mod station;
mod walk;
