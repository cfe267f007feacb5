# Signing in: staff by passkey, devices by a code.
session-title-dispatcher = 상황실 들어가기
session-title-team = 스카우트 들어가기
session-title-haven = 지킴이집 기기 연결
session-title-supervisor = 시 총괄 로그인
session-passkey = 패스키로 들어가기
session-code = 등록 코드
session-code-why = 담당자가 알려 준 한 번 쓰는 코드예요.
session-enroll = 등록하기
session-failed = 들어가지 못했어요. 다시 해 보거나 담당자에게 새 코드를 받아 주세요.
session-no-passkey = 이 기기에서는 패스키를 쓸 수 없어요. 등록 코드를 받아 주세요.
session-other = 지금은 { $who }(으)로 들어와 있어요. 이 화면은 다른 역할이 필요해요.
session-out = 나가기
session-as = { $who }
