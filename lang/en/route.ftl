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
