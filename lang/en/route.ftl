# Three ways home: facts, never a verdict.
route-title = { $n ->
    [1] One way home
    [2] Two ways home
   *[other] Three ways home
}
route-title-wait = Ways home
route-fast = fast
route-balanced = balanced
route-covered = most covered
route-line = lit { $lit } · unknown { $unknown }
route-bar = lit { $lit }, unknown { $unknown }, unlit { $unlit }
route-lit = Lit
route-unknown = Unknown
route-unlit = Unlit
route-cameras = Cameras
route-bells = Emergency bells
route-havens = Open havens
route-steps = Flights of steps
route-oldest = Oldest data: { $date }
route-no-date = The date of the data is not known.
route-from-off-streets = The start is too far from any street we know. Please choose a station or stop nearby.
route-to-off-streets = The destination is too far from any street we know. Please choose a station or stop nearby.
route-not-connected = We know no way on foot between the two. Please choose another place, or ask the desk.
