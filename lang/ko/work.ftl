# 상담원이 하는 일의 걸음. 짧게 쓰고, 다음에 무엇을 할지 말해요.
work-steps = 이 사건의 걸음
work-mark-due = 지금 할 일:
work-mark-done = 했어요:
work-mark-none = 아직 없음:
work-none = 아직 없어요
work-closed-step = 먼저 위에서 ‘비밀을 지키는 범위’를 말씀드려 주세요. 그다음에 열려요.
work-not-for-us = 본인이 이 기관에 상담 기록을 맡기지 않았어요. 그래서 여기서는 기록을 쓸 수 없어요.
work-unknown = 모름
work-year = 해
work-month = 달
work-day = 날
work-send = 남기기
work-sending = 닫아서 남기는 중이에요.
work-sent = 남겼어요.
work-taken = 그사이에 동료가 먼저 썼어요. 위에서 읽고 다시 눌러 주세요. 쓴 것은 그대로 있어요.
work-unsent = 남기지 못했어요. 쓴 것은 그대로 있으니 다시 눌러 주세요.
work-cancel = 그만두기
work-kept = 쓰던 양식 { $n }개가 이 화면의 기억에 남아 있어요. 한 시간 안에 같은 열쇠로 열면 이어서 쓸 수 있어요. 화면을 닫으면 없어져요.
work-back = 앞으로
work-next = 다음
work-choose = 고르세요
work-by-her = 본인
work-by-us = 우리 기관
work-by-colleague = 우리 기관 · { $who }

# 비밀의 범위
work-limits-how = 어떻게 말씀드렸나요?
work-limits-do = 말씀드렸다고 남기기
work-limits-mailbox-means = ‘이 화면의 글로’를 고르면 위의 말을 글로 보내고 남겨요.
work-limits-said = { $at }에 말씀드렸어요: { $channel }
work-limits-due = 아직 말씀드리지 않았어요
work-limits-again = 다시 말씀드렸어요
work-channel-mailbox = 이 화면의 글로
work-channel-voice = 전화나 영상으로
work-channel-in-person = 만나서

# 위험
work-danger = 지금 얼마나 위험한지
work-danger-due = 아직 여쭙지 않았어요
work-danger-means = 점수는 살피는 데만 써요. 점수만으로 사건을 닫거나 다른 곳에 보내지 않아요.
work-danger-instrument = { $name } · { $version }판
work-danger-do = 위험 여쭙기
work-danger-again = 다시 여쭙기
work-danger-own-view = 본인은 얼마나 위험하다고 느끼나요? 말한 그대로 적어요.
work-danger-result = 점수 { $score } · { $band }
work-danger-open = 답하지 않은 물음 { $n }개. 실제 위험은 점수보다 높을 수 있어요.
work-danger-override = 점수와 다르게 보기
work-danger-override-reason = 그렇게 보는 까닭
work-danger-override-none = 점수대로 보기
work-danger-overridden = 상담원은 ‘{ $band }’로 봐요: { $reason }
work-danger-before = 지난번: { $at } · { $said }
work-danger-view-said = 본인의 말: { $words }
work-answer-yes = 네
work-answer-no = 아니요
work-answer-unsure = 잘 모르겠음
work-answer-not-told = 말하지 않음

# 접수
work-intake = 접수
work-intake-due = 아직 시작하지 않았어요
work-intake-begun = 쓰던 것이 있어요: { $n }/{ $of }
work-intake-means = 한 번에 하나씩 여쭤요. 이미 쓴 것은 채워 두었으니 다시 묻지 말고 확인만 하세요. 어떤 물음도 건너뛸 수 있어요.
work-intake-do = 접수 시작하기
work-intake-change = 접수 고치기
work-intake-nth = 물음 { $n } / { $of }
work-intake-from-report = 본인이 글에 쓴 것이에요. 맞는지만 확인하세요.
work-intake-skip = 건너뛰기
work-intake-end = 접수에서 정해진 것
work-intake-save = 접수 남기기
work-intake-look = 처음부터 다시 보기
work-type = 유형
work-type-why = 까닭: ‘{ $question }’에 처음으로 ‘네’라고 답했어요.
work-type-why-none = 까닭: 여섯 물음에 모두 ‘네’가 아니에요.
work-contexts = 상황
work-contexts-none = 해당하는 상황이 없어요.
work-contexts-means = 유형과 답에서 셈한 것이에요. 직접 고르지 않아요.
work-under-19 = 한국의 아동·청소년 기준(19세 미만)은 따로 셈해요. ‘알릴 의무’에서 보세요.

# 건강
work-health = 건강을 위한 시간
work-health-due = 언제 있었던 일인지 알면 남은 시간이 보여요.
work-health-means = 병원과 함께 정해요. 시간이 지났어도 받을 수 있는 도움이 늘 있어요.
work-health-left = { $hours }시간 남았어요
work-health-passed = 정해진 시간은 지났지만, 지금도 진료와 검사를 받을 수 있어요. 병원에 물어보세요.
work-health-unknown = 언제인지 몰라도 오늘 병원에 물어볼 수 있어요.
work-health-day-only = 날짜만 알아서, 그날이 시작될 때부터 셌어요. 실제로는 더 남았을 수 있어요.
work-health-do = 말씀드렸다고 남기기
work-health-said = { $at }에 말씀드렸어요
work-health-soonest = 가장 급한 것: { $what } · { $hours }시간

# 계획
work-plan = 계획
work-plan-due = 아직 계획이 없어요
work-plan-do = 함께 계획 쓰기
work-plan-change = 계획 고치기
work-plan-means = 본인이 말한 그대로 적어요. 남기면 본인의 화면에 보이고, 본인이 확인해요.
work-plan-goal = 바라는 것 { $n }
work-plan-words = 본인의 말로
work-plan-service = 어떤 도움
work-plan-provider = 누가
work-plan-due-on = 언제까지
work-plan-status = 지금
work-plan-add = 하나 더
work-plan-remove = { $n }번 빼기
work-plan-empty = 바라는 것을 하나라도 적어 주세요.
work-plan-confirmed = 본인이 { $at }에 확인했어요
work-plan-unconfirmed = 본인이 아직 확인하지 않았어요
work-plan-approved = 팀장이 { $at }에 승인했어요
work-plan-unapproved = 팀장의 승인을 기다려요
work-plan-approve = 이 계획 승인하기
work-plan-approve-not = 승인은 이 계획을 쓰지 않은 팀장만 할 수 있어요.
work-plan-said = { $n }가지 · { $confirmed }
work-plan-mediation = 가까운 사이의 폭력에는 화해·조정을 권하지 않아서 목록에서 뺐어요.
work-provider-none = 아직 정하지 않음
work-provider-other = 목록에 없는 곳

# 약속과 동행
work-meet = 약속과 동행
work-meet-said = 다가올 약속 { $n }개
work-meet-past = 지난 약속 { $n }개
work-meet-add = 약속 잡기
work-meet-at = 언제
work-meet-place = 어디서
work-meet-with = 누구와
work-meet-status = 어떻게 됐나요
work-meet-set = 약속 남기기
work-meet-set-of = { $what }: 어떻게 됐나요
work-escort = 동행이나 순찰 부탁하기
work-escort-means = 동행 쪽에는 장소, 때, 암호말만 가요. 사건이 있다는 것은 아무도 몰라요. 이름 대신 본인과 정한 암호말을 쓰세요.
work-escort-place = 만날 곳
work-escort-at = 언제
work-escort-word = 암호말
work-escort-word-means = 동행 팀이 이 말로 불러요. 이름이나 사건과 이어지지 않는 말로 정하세요.
work-escort-do = 동행 신청하기
work-escort-phone = 순찰은 상황실에 전화로 부탁해요. 장소, 때, 암호말만 말하세요.
work-escort-phoned = 전화로 부탁했다고 남기기
work-escort-line = { $place } · { $at } · 암호말 ‘{ $word }’
work-escort-unrecorded = 신청은 됐지만 기록을 남기지 못했어요. ‘기록 남기기’를 눌러 주세요. 다시 신청하지 않아도 돼요.
work-escort-record = 기록 남기기

# 다시 살피기
work-follow = 다시 살피기
work-follow-due = { $n }개 할 때가 됐어요
work-follow-next = 다음: { $at }
work-follow-none-yet = 계획을 남기면 날짜가 정해져요.
work-follow-means = 위의 ‘연락하는 방법’으로만 연락하세요. 위험도 다시 여쭤 주세요.
work-follow-on = { $at } 예정
work-follow-over = { $n }일 지났어요
work-follow-which = 어느 것인가요?
work-follow-reached = 연락이 닿았나요?
work-follow-by = 어떻게 연락했나요?
work-follow-note = 어떻게 지내는지

# 닫기
work-closure = 닫기
work-closure-open = 열려 있어요
work-closure-asked = 닫자고 했어요. 팀장의 승인을 기다려요
work-closure-closed = { $at }에 닫았어요
work-closure-reopened = { $at }에 다시 열었어요
work-closure-do = 사건 닫기
work-closure-means = 왜 닫는지 고르세요. 팀장이 승인하면 닫혀요. 언제든 다시 열 수 있어요.
work-closure-reason = 닫는 까닭
work-closure-note = 덧붙일 말
work-closure-ask = 닫자고 하기
work-closure-approve = 닫기 승인하기
work-closure-approve-not = 승인은 닫자고 하지 않은 팀장만 할 수 있어요.
work-closure-reopen = 다시 열기
work-closure-reopen-why = 다시 여는 까닭
work-closure-reopen-ask = 다시 열었다고 남기기

# 있었던 순서대로
work-line = 있었던 순서대로
work-line-said = { $n }가지
work-line-note = 메모 남기기
work-line-note-text = 메모
work-line-note-means = 본인도 볼 수 있어요.
work-line-doubted = { $n }번째 기록
work-line-strange = 이 화면이 모르는 기록
work-line-her-words = 본인이 글을 썼어요
work-line-our-words = 우리 기관이 글을 썼어요
work-line-received = 본인이 글을 보냈어요
work-entry-limits-told = 비밀의 범위를 말씀드렸어요
work-entry-intake = 접수를 남겼어요
work-entry-danger = 위험을 여쭸어요
work-entry-health-told = 건강을 위한 시간을 말씀드렸어요
work-entry-duty = 알릴 의무를 살폈어요
work-entry-plan = 계획을 썼어요
work-entry-plan-confirmed = 계획을 확인했어요
work-entry-plan-approved = 계획을 승인했어요
work-entry-referral-offered = 연계를 권했어요
work-entry-referral-agreed = 연계에 동의했어요
work-entry-referral-declined = 연계를 원하지 않는다고 했어요
work-entry-referral-sent = 연계를 보냈어요
work-entry-referral-state = 연계의 소식
work-entry-appointment = 약속
work-entry-escort-asked = 동행이나 순찰을 부탁했어요
work-entry-follow-up = 다시 살폈어요
work-entry-closure = 닫자고 했어요
work-entry-closure-approved = 닫기를 승인했어요
work-entry-reopened = 다시 열었어요
work-entry-evidence = 증거
work-entry-figures-sent = 통계로 보냈어요
work-entry-note = 메모

# 둘 다 쓴 것
work-conflict = 두 사람이 같은 것을 썼어요
work-conflict-means = 서로의 것을 보지 못하고 썼어요. 둘 다 남아 있어요. 어느 것으로 할지 정해 주세요.
work-conflict-take = 이것으로 하기
work-conflict-nth = { $n }번째 기록 · { $who } · { $at }

# 기관의 숫자와 내보내기
work-figures = 우리 기관의 숫자
work-export = 사건 기록표 만들기
work-export-means = GBVIMS 42칸의 표를 이 브라우저에서 만들어요. 통계에 동의한 사건만 들어가요. 파일은 이 기기에 저장되니, 다 쓰면 지우세요.
work-export-do = 표 내려받기 ({ $n }줄)
work-export-none = 통계에 동의하고 접수까지 남긴 사건이 아직 없어요.
work-export-done = { $n }줄을 만들었어요.
work-figures-means = 이 화면에 열린 사건 { $of }건 가운데 통계에 동의한 { $n }건만 세요. 이 숫자는 어디로도 보내지지 않아요.
work-kpi-limits = 비밀의 범위를 먼저 말한 사건
work-kpi-danger = 위험을 여쭌 사건
work-kpi-intake = 접수를 남긴 사건
work-kpi-confirmed = 본인이 확인한 계획
work-kpi-approved = 팀장이 승인한 계획
work-kpi-goals = 이루어진 바람
work-kpi-answered = 답을 받은 연계
work-kpi-follow = 다시 살펴 연락이 닿은 것
work-kpi-duty = 먼저 말씀드리고 알린 것
work-kpi-closed = 닫은 까닭: { $why }
work-kpi-reopened = 다시 연 사건
work-kpi-overdue = 날이 지난 다시 살피기
work-kpi-undecided = 정해야 할 것이 있는 사건
work-workflow-new = 새로 온 사건
work-workflow-case-plan = 계획을 세우는 사건
work-workflow-service-provision = 돕고 있는 사건
work-workflow-services-implemented = 계획을 마친 사건
work-workflow-closed = 닫은 사건
work-workflow-reopened = 다시 열린 사건

# 위험을 묻는 말과 그 결과
work-danger-own = Waylight 안전 확인 물음
work-danger-differs = 적힌 점수가 답과 맞지 않아요. 다시 여쭤 주세요.
work-band-open = 아직 알 수 없음
work-band-none-told = 말한 위험 없음
work-band-some = 위험이 있음
work-band-high = 위험이 큼
work-asks-strangulation = 목을 조르거나 숨을 못 쉬게 한 적이 있나요?
work-asks-weapon = 칼이나 다른 무기로 다치게 하거나 겁을 준 적이 있나요?
work-asks-threat-to-kill = 죽이겠다고 한 적이 있나요?
work-asks-fear = 지금 돌아가거나 그 사람을 만나는 것이 무서운가요?
work-asks-children = 아이나 다른 가족도 위험한가요?
work-asks-escalating = 요즘 더 잦아지거나 심해졌나요?
work-prompt-medical-now = 목을 졸렸다면 겉이 멀쩡해도 오늘 진료가 필요해요.
work-prompt-do-medical-now = 숨쉬기나 삼키기가 힘들거나, 목소리가 변했거나, 어지럽거나, 정신을 잃은 적이 있으면 바로 119에 전화하세요. 아니어도 오늘 병원에 가도록 함께 정하세요.
work-prompt-supervisor-now = 지금 팀장에게 알리세요.
work-prompt-do-supervisor-now = 혼자 정하지 말고 함께 정하세요. 점수가 대신 정해 주지 않아요.
work-prompt-emergency-plan = 급할 때 어떻게 할지 함께 정하세요.
work-prompt-do-emergency-plan = 어디로 갈지, 누구에게 전화할지, 무엇을 챙길지, 아이는 누가 데려갈지.
work-prompt-children = 아이의 안전을 함께 살피세요.
work-prompt-do-children = ‘알릴 의무’도 보세요. 알려야 한다면 먼저 말씀드려요.

# 건강을 위한 시간
work-window-hiv-prophylaxis = HIV 예방약
work-window-emergency-contraception = 응급 피임
work-window-forensic-kit = 몸의 증거 채취
work-health-between = { $least }~{ $most }시간 남았어요
work-health-unconfirmed = 이 시간들은 국제 지침의 것이고, 이 도시의 의료 책임자가 아직 확인하지 않았어요.

# 계획
work-plan-by = { $at }까지
work-service-safehouse = 머물 곳
work-service-health-medical = 의료
work-service-psychosocial = 상담
work-service-police-other = 경찰
work-service-legal-assistance = 법률
work-service-livelihoods = 생계
work-service-child-protection = 아이 보호
work-service-family-mediation = 가족 조정
work-service-other = 그 밖
work-goal-open = 아직 시작 전
work-goal-in-progress = 하는 중
work-goal-done = 이루어짐
work-goal-dropped = 더는 원하지 않음
work-met-planned = 약속함
work-met-kept = 만났어요
work-met-missed = 못 만났어요
work-met-canceled = 취소했어요
work-escort-open = 동행이나 순찰 부탁하기
work-escort-now = 비워 두면 지금 바로예요.
work-escort-asked = 신청했어요: { $place }. 팀이 오면 암호말로 불러요.
work-escort-refused = 지금은 동행할 팀이 없대요. 상황실({ $phone })에 전화해 보세요.

# 다시 살피기
work-follow-step-d3 = 3일 뒤
work-follow-step-w2 = 2주 뒤
work-follow-step-m1 = 한 달 뒤
work-follow-step-m3 = 석 달 뒤
work-follow-step-other = 그 밖의 때
work-follow-do = 살핀 것 남기기
work-follow-do-of = { $step }: 살핀 것 남기기
work-follow-do-other = 다른 때에 살핀 것 남기기
work-follow-reached-once = 연락이 닿았어요
work-follow-today = 오늘이에요
work-follow-coming = 아직 때가 아니에요
work-follow-tries = 닿지 않은 연락 { $n }번
work-follow-did = 연락이 닿았어요
work-follow-missed = 닿지 않았어요
work-reached-yes = 연락이 닿았어요
work-reached-no = 닿지 않았어요

# 닫기
work-closure-goals-met = 바라던 것이 이루어졌어요
work-closure-her-wish = 본인이 그만하고 싶어 해요
work-closure-moved = 다른 곳으로 옮겼어요
work-closure-lost-contact = 연락이 닿지 않아요
work-closure-tries = 서로 다른 날 { $of }번 연락해 보아야 닫혀요. 지금까지 { $n }번이에요. ‘다시 살피기’에 남기세요.
work-closure-tries-needed = 서로 다른 날 { $of }번 연락해 본 뒤에 닫혀요. ‘다시 살피기’에 남긴 것을 세요.
work-closure-take-back = 닫지 않기

# 순서와 결정
work-line-words-doubted = 글 하나를 믿을 수 없어요
work-line-not-counted = 세지 않아요: { $why }
work-not-counted-hers-only = 본인만 할 수 있는 일이에요.
work-not-counted-centers-only = 기관만 할 수 있는 일이에요.
work-not-counted-no-such-plan = 그런 계획이 없어요.
work-not-counted-no-such-closure = 닫자고 한 것이 없어요.
work-not-counted-not-closed = 닫자고 한 적이 없어요.
work-not-counted-other-center = 다른 기관의 사람이에요.
work-not-counted-same-person = 쓴 사람이 스스로 승인했어요.
work-not-counted-not-supervising = 팀장이 아니에요.
work-not-counted-unknown-person = 이 기관의 사람인지 알 수 없어요.
work-not-counted-unwitnessed = 어떻게 동의했는지 적히지 않았어요.
work-not-counted-unsigned = 본인의 서명이 없어요.
work-not-counted-offered-again = 같은 번호로 두 번 권했어요.
work-not-counted-out-of-order = 순서가 맞지 않아요.
work-not-counted-referral-ended = 이미 끝난 연계예요.
work-not-counted-rival = 다른 소식과 엇갈려요.
work-conflict-fewer = 여기에는 답이 없어요.
work-about-intake = 접수
work-about-danger = 위험
work-about-plan = 계획
work-about-closure = 닫기
work-about-duty = 알릴 의무
work-about-appointment = 약속
work-about-referral = 연계
work-referral-accepted = 받아들였어요
work-referral-rejected = 받지 못한대요
work-referral-done = 마쳤어요
work-referral-revoked = 거두었어요
work-referral-went-back = 답이 없어 돌아왔어요
work-evidence-received = 받음
work-evidence-opened = 열어 봄
work-evidence-copied-out = 내보냄
work-evidence-handed-over = 넘김
work-evidence-returned = 돌려줌
work-evidence-deleted = 지움
work-evidence-stripped-copy-made = 위치를 뺀 사본을 만듦
