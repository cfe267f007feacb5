# Three ways home: facts, never a verdict.
route-title = { $n ->
    [1] 집으로 가는 길
   *[other] 집으로 가는 길 { $n }가지
}
route-title-wait = 집으로 가는 길
route-fast = 가장 빠른 길
route-balanced = 균형 잡힌 길
route-covered = 불빛·카메라가 많은 길
route-line = 가로등 있는 { $lit } · 모르는 { $unknown }
route-bar = 가로등 있음 { $lit }, 모름 { $unknown }, 가로등 없음 { $unlit }
route-lit = 가로등 있음
route-unknown = 알려지지 않음
route-unlit = 가로등 없음
route-cameras = 카메라
route-bells = 비상벨
route-havens = 열린 지킴이집
route-steps = 계단
route-oldest = 가장 오래된 자료: { $date }
route-no-date = 자료 날짜를 알 수 없어요.
route-from-off-streets = 출발지가 우리가 아는 길에서 너무 멀어요. 가까운 역이나 정류장을 골라 주세요.
route-to-off-streets = 도착지가 우리가 아는 길에서 너무 멀어요. 가까운 역이나 정류장을 골라 주세요.
route-not-connected = 두 곳을 잇는 걷는 길을 알지 못해요. 다른 곳을 고르거나 상황실에 물어봐 주세요.
