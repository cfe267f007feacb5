# 잠금 화면에 보일 수 있는 문구: 무슨 일인지 알 수 없어야 합니다.
notify-team = Waylight: 새 소식이 있어요. 화면을 열어 주세요.
notify-duty = Waylight: 확인이 필요합니다. 상황실 화면을 열어 주십시오.
