# Words that travel inside the citizen's page, before anything has loaded.
first-leave = 나가기
first-hold = 1초 누르면 도움 요청
first-hold-sub = 꾹 누르고 계세요
first-hint = 짧게 누르면 보내지 않아요. 1초 동안 꾹 누르고 계세요.
first-sending = 보내는 중…
first-unsent = 아직 못 보냈어요
first-sent = 보냈어요 ✓
first-waiting = 사람이 확인하기를 기다리고 있어요
first-retrying = 112로 전화하세요. 연결되면 한 번만 보내요.
first-seen = 사람이 봤어요 ✓
first-call = 112 전화하기
first-title = 생활 안내
first-loading = 불러오는 중이에요. 아래 단추는 지금도 눌러져요.
first-city-services = 시 서비스
first-opening = 여는 중이에요. 전화는 지금도 할 수 있어요.
