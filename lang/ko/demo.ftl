# The invented night of `waylight demo`.
demo-name = 체험용 밤
demo-means = 사람과 사건은 모두 지어낸 것이에요. 여기서 시계를 빠르게 할 수 있어요.
demo-speed = 시계 빠르기
demo-skip = 15분 건너뛰기
demo-failed = 체험용 시계에 닿지 못했어요.
demo-screens = 다른 화면
demo-citizen = 시민
demo-desk = 상황실
demo-supervisor = 총괄
demo-team = 스카우트
demo-haven = 지킴이집
demo-admin = 자리
demo-parts = 어떤 역할로 해 볼까요?
demo-parts-means = 체험에서는 등록 없이 바로 들어갈 수 있어요. 고른 자리는 이제 당신이 맡아요.
demo-played = 지금은 가상 인물이 맡고 있어요
demo-free = 비어 있어요
