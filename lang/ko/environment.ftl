# Registers: why an import was refused, and what to do next.
environment-unbalanced = 모든 줄의 처리 결과가 맞지 않아 가져오지 않았어요. 파일을 다시 읽어 주세요.
environment-no-such-defect = 그런 고장 기록이 없어요. 목록을 확인해 주세요.
environment-defect-closed = 이미 처리된 고장이에요. 다시 고장 났으면 새로 알려 주세요.
environment-another-register = 다른 종류나 다른 구의 자료예요. 종류를 확인하고 다시 가져와 주세요.
