# What went wrong and what to do next.
problem-unknown = 지금은 되지 않아요. 잠시 뒤 다시 해 보거나 { $phone }로 전화해 주세요.
unreached = 연결되지 않았어요. 인터넷을 확인하고 다시 해 보세요.
request-not-understood = 쓴 내용을 알 수 없어요. 표시된 칸을 확인하고 다시 보내 주세요.
request-no-key = 이 화면이 오래됐어요. 새로 고친 뒤 다시 해 주세요.
request-key-reused = 이미 보낸 신청과 달라요. 다시 한 번 눌러 주세요.
request-no-such-thing = 찾을 수 없어요. 이미 끝났거나 지워졌어요.
request-foreign-origin = 이 주소에서는 보낼 수 없어요. 원래 주소로 열어 주세요.
request-too-many = 한꺼번에 너무 많아요. 잠시 뒤 다시 해 주세요. 급하면 112로 전화하세요.
request-too-large = 내용이 너무 길어요. 줄여서 다시 보내 주세요.
request-no-such-method = 이 화면이 오래됐어요. 새로 고친 뒤 다시 해 주세요.
request-timed-out = 너무 오래 걸렸어요. 다시 해 주세요. 두 번 접수되지는 않아요.
request-fault = 우리 쪽 문제예요. 다시 해 보고, 급하면 112로 전화하세요.
store-unavailable = 지금은 저장할 수 없어요. 잠시 뒤 다시 하거나, 급하면 112로 전화하세요.
session-not-signed-in = 먼저 들어와 주세요.
session-not-yours = 이 역할로는 볼 수 없어요. 알맞은 역할로 들어와 주세요.
session-sign-in-failed = 들어가지 못했어요. 다시 해 보거나 담당자에게 새 코드를 받아 주세요.
route-no-streets = 이 지역 길 자료가 아직 없어요. 동행 신청과 전화는 쓸 수 있어요.
