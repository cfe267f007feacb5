# Words every screen shares: time, length, common buttons.
say-seconds = { $n } s
say-minutes = { $n } min
say-hours = { $n } h
say-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
say-ago = { $span } ago
say-in = in { $span }
city-day = Day
city-night = Night
city-again = Try again
city-minutes = { $n } min
city-walk-minutes = { $n } min on foot
city-opens = opens { $at }
city-call = Call { $number }
city-place-none = No such place found. Try a station or a bus stop.
city-place-failed = Cannot search now. Check the connection.
city-map = Map
city-map-missing = Map unavailable. The list is complete.
city-position-age = position { $age } old
city-position-never = position unknown
first-title-page = City services
