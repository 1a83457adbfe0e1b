extension CodeTable {
  /// Code, name, kind, market, reference price; of shares also the shares traded on an ordinary day and those listed,
  /// both in thousands, of those in Hong Kong the lot, which its exchange leaves to each company. Codes and names are
  /// real; prices and sizes only set the scale of what is simulated.
  static let instrumentLines = #"""
    005930|삼성전자|share|KOSPI|251000|14000|5919637
    000660|SK하이닉스|share|KOSPI|1950000|2600|728002
    373220|LG에너지솔루션|share|KOSPI|395000|250|234000
    207940|삼성바이오로직스|share|KOSPI|1180000|60|46290
    005380|현대차|share|KOSPI|295000|800|204757
    000270|기아|share|KOSPI|118000|1100|390000
    068270|셀트리온|share|KOSPI|182000|600|220000
    105560|KB금융|share|KOSPI|118500|1000|381000
    035420|NAVER|share|KOSPI|248000|900|157000
    055550|신한지주|share|KOSPI|74800|1000|485000
    012330|현대모비스|share|KOSPI|310000|250|91000
    028260|삼성물산|share|KOSPI|215000|350|170000
    005490|POSCO홀딩스|share|KOSPI|312000|350|80932
    006400|삼성SDI|share|KOSPI|285000|700|80586
    051910|LG화학|share|KOSPI|355000|250|70592
    032830|삼성생명|share|KOSPI|158000|250|200000
    138040|메리츠금융지주|share|KOSPI|118000|250|175000
    011200|HMM|share|KOSPI|21500|1500|1025039
    329180|HD현대중공업|share|KOSPI|512000|250|88773
    012450|한화에어로스페이스|share|KOSPI|945000|250|51563
    009540|HD한국조선해양|share|KOSPI|402000|220|70773
    086790|하나금융지주|share|KOSPI|92000|700|278000
    034020|두산에너빌리티|share|KOSPI|78500|6000|640561
    015760|한국전력|share|KOSPI|43500|3000|641964
    035720|카카오|share|KOSPI|61200|1800|442000
    033780|KT&G|share|KOSPI|141000|250|118000
    096770|SK이노베이션|share|KOSPI|108000|600|151000
    066570|LG전자|share|KOSPI|88500|700|162886
    003550|LG|share|KOSPI|76400|250|155000
    017670|SK텔레콤|share|KOSPI|54100|500|214790
    030200|KT|share|KOSPI|51200|600|252000
    259960|크래프톤|share|KOSPI|285000|120|47000
    316140|우리금융지주|share|KOSPI|26100|2000|734000
    010130|고려아연|share|KOSPI|985000|40|20000
    010140|삼성중공업|share|KOSPI|24300|6000|880000
    042660|한화오션|share|KOSPI|112500|1500|306413
    011070|LG이노텍|share|KOSPI|215000|200|23667
    009150|삼성전기|share|KOSPI|235000|500|74694
    024110|기업은행|share|KOSPI|20700|1200|797426
    003670|포스코퓨처엠|share|KOSPI|178000|500|88900
    000810|삼성화재|share|KOSPI|455000|90|46000
    018260|삼성에스디에스|share|KOSPI|172000|150|77378
    267260|HD현대일렉트릭|share|KOSPI|780000|150|36047
    010120|LS ELECTRIC|share|KOSPI|385000|350|30000
    064350|현대로템|share|KOSPI|205000|900|109142
    047810|한국항공우주|share|KOSPI|112000|500|97475
    079550|LIG넥스원|share|KOSPI|498000|150|22000
    272210|한화시스템|share|KOSPI|62000|1500|188919
    003490|대한항공|share|KOSPI|24200|1300|368220
    086280|현대글로비스|share|KOSPI|185000|150|75000
    326030|SK바이오팜|share|KOSPI|105000|250|78313
    402340|SK스퀘어|share|KOSPI|285000|400|132000
    034730|SK|share|KOSPI|225000|150|72500
    000100|유한양행|share|KOSPI|121000|300|80200
    128940|한미약품|share|KOSPI|352000|60|12810
    090430|아모레퍼시픽|share|KOSPI|124000|350|58492
    051900|LG생활건강|share|KOSPI|312000|60|15618
    097950|CJ제일제당|share|KOSPI|236000|60|15054
    271560|오리온|share|KOSPI|104500|120|39536
    003230|삼양식품|share|KOSPI|1425000|45|7533
    004020|현대제철|share|KOSPI|32500|700|133446
    010950|S-Oil|share|KOSPI|68200|350|112583
    011170|롯데케미칼|share|KOSPI|68500|250|42775
    009830|한화솔루션|share|KOSPI|31200|1500|171892
    161390|한국타이어앤테크놀로지|share|KOSPI|45600|350|123875
    005830|DB손해보험|share|KOSPI|132000|180|70800
    071050|한국금융지주|share|KOSPI|158000|250|55726
    006800|미래에셋증권|share|KOSPI|22500|2500|570000
    016360|삼성증권|share|KOSPI|76500|300|89300
    039490|키움증권|share|KOSPI|232000|150|25000
    323410|카카오뱅크|share|KOSPI|24600|1200|477000
    377300|카카오페이|share|KOSPI|58200|900|134000
    352820|하이브|share|KOSPI|285000|250|41650
    036570|엔씨소프트|share|KOSPI|208000|130|21500
    251270|넷마블|share|KOSPI|57800|200|82000
    021240|코웨이|share|KOSPI|98500|180|72000
    139480|이마트|share|KOSPI|81500|250|27000
    023530|롯데쇼핑|share|KOSPI|71200|80|28288
    282330|BGF리테일|share|KOSPI|112000|40|17283
    004170|신세계|share|KOSPI|182000|50|9600
    180640|한진칼|share|KOSPI|112000|90|66762
    028050|삼성E&A|share|KOSPI|27400|1500|196000
    000720|현대건설|share|KOSPI|64500|900|111355
    047050|포스코인터내셔널|share|KOSPI|51200|700|175922
    078930|GS|share|KOSPI|47500|200|92900
    005940|NH투자증권|share|KOSPI|20400|800|340000
    088350|한화생명|share|KOSPI|6130|9000|868530
    000400|롯데손해보험|share|KOSPI|2525|2500|310336
    000880|한화|share|KOSPI|95000|250|74000
    001040|CJ|share|KOSPI|168000|90|29000
    004990|롯데지주|share|KOSPI|29500|150|104000
    241560|두산밥캣|share|KOSPI|56800|200|97000
    298040|효성중공업|share|KOSPI|1350000|40|9324
    042700|한미반도체|share|KOSPI|142000|1200|95000
    011790|SKC|share|KOSPI|118000|350|37868
    066970|엘앤에프|share|KOSPI|98500|700|36300
    003160|디아이|share|KOSPI|24000|300|26000
    247540|에코프로비엠|share|KOSDAQ|118000|900|97801
    086520|에코프로|share|KOSDAQ|52000|2500|135800
    196170|알테오젠|share|KOSDAQ|435000|500|53400
    028300|HLB|share|KOSDAQ|45800|1500|131000
    141080|리가켐바이오|share|KOSDAQ|148000|400|36600
    277810|레인보우로보틱스|share|KOSDAQ|285000|350|19400
    058470|리노공업|share|KOSDAQ|54000|500|76200
    145020|휴젤|share|KOSDAQ|285000|60|12400
    214150|클래시스|share|KOSDAQ|58500|300|65500
    041510|에스엠|share|KOSDAQ|128000|200|23000
    035900|JYP Ent.|share|KOSDAQ|74500|250|35500
    263750|펄어비스|share|KOSDAQ|38500|400|64200
    293490|카카오게임즈|share|KOSDAQ|16200|400|82900
    068760|셀트리온제약|share|KOSDAQ|52300|150|43000
    000250|삼천당제약|share|KOSDAQ|185000|250|23457
    214450|파마리서치|share|KOSDAQ|512000|90|10400
    039030|이오테크닉스|share|KOSDAQ|215000|100|12319
    240810|원익IPS|share|KOSDAQ|58200|500|49083
    403870|HPSP|share|KOSDAQ|34500|700|82900
    357780|솔브레인|share|KOSDAQ|245000|60|7778
    095340|ISC|share|KOSDAQ|98500|200|21200
    036930|주성엔지니어링|share|KOSDAQ|38200|700|47000
    084370|유진테크|share|KOSDAQ|62500|200|22900
    005290|동진쎄미켐|share|KOSDAQ|41200|500|51400
    222800|심텍|share|KOSDAQ|38500|500|37000
    067310|하나마이크론|share|KOSDAQ|24500|1500|66000
    112040|위메이드|share|KOSDAQ|28500|250|33900
    078340|컴투스|share|KOSDAQ|34500|60|12700
    069080|웹젠|share|KOSDAQ|13200|60|33000
    035760|CJ ENM|share|KOSDAQ|68500|120|21900
    253450|스튜디오드래곤|share|KOSDAQ|41200|120|30000
    122870|와이지엔터테인먼트|share|KOSDAQ|78500|150|18700
    237690|에스티팜|share|KOSDAQ|82500|150|20000
    085660|차바이오텍|share|KOSDAQ|14500|700|80000
    298380|에이비엘바이오|share|KOSDAQ|118000|900|55000
    087010|펩트론|share|KOSDAQ|245000|250|23000
    328130|루닛|share|KOSDAQ|38500|500|29000
    338220|뷰노|share|KOSDAQ|22500|200|14000
    003380|하림지주|share|KOSDAQ|9800|500|112000
    178320|서진시스템|share|KOSDAQ|28500|400|56000
    101490|에스앤에스텍|share|KOSDAQ|48500|250|21400
    131970|두산테스나|share|KOSDAQ|42000|200|19000
    064760|티씨케이|share|KOSDAQ|115000|60|11675
    213420|덕산네오룩스|share|KOSDAQ|42500|150|24800
    096530|씨젠|share|KOSDAQ|29500|200|52000
    065350|신성델타테크|share|KOSDAQ|58000|500|27400
    090360|로보스타|share|KOSDAQ|38000|200|9750
    108490|로보티즈|share|KOSDAQ|92000|500|13000
    056190|에스에프에이|share|KOSDAQ|24500|100|35900
    053800|안랩|share|KOSDAQ|62500|60|10000
    030520|한글과컴퓨터|share|KOSDAQ|22500|400|24000
    194480|데브시스터즈|share|KOSDAQ|38500|100|12000
    042000|카페24|share|KOSDAQ|38500|200|24000
    035600|KG이니시스|share|KOSDAQ|10500|80|27900
    060250|NHN KCP|share|KOSDAQ|14500|300|40000
    033100|제룡전기|share|KOSDAQ|38500|300|16000
    025980|아난티|share|KOSDAQ|7800|700|89000
    046890|서울반도체|share|KOSDAQ|8200|150|58300
    032500|케이엠더블유|share|KOSDAQ|12500|500|39800
    218410|RFHIC|share|KOSDAQ|32500|250|26500
    215000|골프존|share|KOSDAQ|58000|20|6275
    034230|파라다이스|share|KOSDAQ|15500|400|91800
    052400|코나아이|share|KOSDAQ|48500|200|15000
    166090|하나머티리얼즈|share|KOSDAQ|38500|100|19800
    183300|코미코|share|KOSDAQ|72500|60|10500
    272290|이녹스첨단소재|share|KOSDAQ|24500|100|20000
    086450|동국제약|share|KOSDAQ|18500|100|44000
    086900|메디톡스|share|KOSDAQ|152000|40|7600
    214370|케어젠|share|KOSDAQ|48000|150|53700
    226950|올릭스|share|KOSDAQ|68500|400|20000
    310210|보로노이|share|KOSDAQ|152000|90|18000
    136480|하림|share|KOSDAQ|3190|900|106000
    036540|SFA반도체|share|KOSDAQ|5000|900|164000
    078350|한양디지텍|share|KOSDAQ|18000|120|14000
    396300|세아메카닉스|share|KOSDAQ|3000|400|26000
    005935|삼성전자우|share|KOSPI|195000|1400|815974
    005385|현대차우|share|KOSPI|215000|90|24356
    005387|현대차2우B|share|KOSPI|221000|110|35708
    051915|LG화학우|share|KOSPI|162000|25|7628
    006405|삼성SDI우|share|KOSPI|148000|12|1617
    066575|LG전자우|share|KOSPI|44500|60|17185
    003555|LG우|share|KOSPI|61500|9|3021
    051905|LG생활건강우|share|KOSPI|133000|5|2049
    090435|아모레퍼시픽우|share|KOSPI|38500|40|10447
    005945|NH투자증권우|share|KOSPI|16900|70|18870
    006805|미래에셋증권우|share|KOSPI|11200|60|12902
    00680K|미래에셋증권2우B|share|KOSPI|9850|320|128000
    071055|한국금융지주우|share|KOSPI|109500|16|5856
    003495|대한항공우|share|KOSPI|25500|18|1110
    009155|삼성전기우|share|KOSPI|118000|14|2906
    000815|삼성화재우|share|KOSPI|342000|6|3192
    02826K|삼성물산우B|share|KOSPI|148000|8|1044
    03473K|SK우|share|KOSPI|158000|4|566
    096775|SK이노베이션우|share|KOSPI|76500|8|1248
    010955|S-Oil우|share|KOSPI|46800|15|4021
    078935|GS우|share|KOSPI|39500|7|1786
    001045|CJ우|share|KOSPI|96500|8|2260
    097955|CJ제일제당우|share|KOSPI|132000|4|1327
    000105|유한양행우|share|KOSPI|115000|3|1180
    000725|현대건설우|share|KOSPI|78500|7|98
    009835|한화솔루션우|share|KOSPI|29500|9|1123
    00499K|롯데지주우|share|KOSPI|31500|4|831
    18064K|한진칼우|share|KOSPI|38500|11|536
    00088K|한화3우B|share|KOSPI|52000|60|22472
    088260|이리츠코크렙|share|KOSPI|4650|110|63350
    293940|신한알파리츠|share|KOSPI|5750|210|116000
    330590|롯데리츠|share|KOSPI|3820|450|289000
    338100|NH프라임리츠|share|KOSPI|4520|40|18660
    334890|이지스밸류리츠|share|KOSPI|5020|45|36000
    348950|제이알글로벌리츠|share|KOSPI|2420|800|197000
    350520|이지스레지던스리츠|share|KOSPI|4180|60|40000
    357120|코람코라이프인프라리츠|share|KOSPI|4730|180|88000
    357250|미래에셋맵스리츠|share|KOSPI|3120|50|22000
    357430|마스턴프리미어리츠|share|KOSPI|1870|60|26000
    365550|ESR켄달스퀘어리츠|share|KOSPI|4420|420|213000
    377190|디앤디플랫폼리츠|share|KOSPI|3250|90|64000
    395400|SK리츠|share|KOSPI|4950|620|271000
    396690|미래에셋글로벌리츠|share|KOSPI|2480|80|44000
    404990|신한서부티엔디리츠|share|KOSPI|3480|90|57000
    417310|코람코더원리츠|share|KOSPI|5080|70|40000
    432320|KB스타리츠|share|KOSPI|3680|190|103000
    448730|삼성FN리츠|share|KOSPI|4810|210|96000
    451800|한화리츠|share|KOSPI|3950|180|190000
    000890|보해양조|share|KOSPI|620|9500|138000
    004770|써니전자|share|KOSPI|2150|2600|33800
    007460|에이프로젠|share|KOSPI|780|5200|290000
    008970|KBI동양철관|share|KOSPI|1180|6900|126000
    009190|대양금속|share|KOSPI|1650|3100|56000
    010820|퍼스텍|share|KOSPI|4650|2400|50000
    011930|신성이엔지|share|KOSPI|1620|5100|206000
    012690|모나리자|share|KOSPI|3150|1900|36500
    014160|대영포장|share|KOSPI|1420|3800|108000
    017040|광명전기|share|KOSPI|2080|3600|43000
    020760|일진디스플|share|KOSPI|1080|4200|61000
    004060|SG세계물산|share|KOSPI|480|9800|201000
    006910|보성파워텍|share|KOSDAQ|4120|2600|48000
    019770|서연탑메탈|share|KOSDAQ|4850|1500|19000
    024850|HLB이노베이션|share|KOSDAQ|2650|3400|143000
    025950|동신건설|share|KOSDAQ|19800|700|8400
    026150|특수건설|share|KOSDAQ|7150|1400|18500
    027040|서울전자통신|share|KOSDAQ|820|7800|69000
    032820|우리기술|share|KOSDAQ|3450|7200|157000
    033170|시그네틱스|share|KOSDAQ|1240|5900|85000
    033320|제이씨현시스템|share|KOSDAQ|4380|1700|19100
    036000|예림당|share|KOSDAQ|2020|2300|23000
    036640|HRS|share|KOSDAQ|4900|1300|16000
    038540|상상인|share|KOSDAQ|1530|3700|54000
    039610|화성밸브|share|KOSDAQ|6100|1900|10400
    043200|파루|share|KOSDAQ|710|8900|78000
    045660|에이텍|share|KOSDAQ|16800|900|8260
    046120|오르비텍|share|KOSDAQ|3280|4100|27000
    049480|오픈베이스|share|KOSDAQ|3050|2200|31400
    053050|지에스이|share|KOSDAQ|4150|3800|30000
    056080|유진로봇|share|KOSDAQ|9200|1500|37500
    065450|빅텍|share|KOSDAQ|5050|3300|28500
    083650|비에이치아이|share|KOSDAQ|24500|800|30900
    089150|케이씨티|share|KOSDAQ|2980|2700|17000
    090710|휴림로봇|share|KOSDAQ|2350|9600|117000
    094820|일진파워|share|KOSDAQ|9850|1600|15080
    096610|알에프세미|share|KOSDAQ|2450|2900|22000
    099440|스맥|share|KOSDAQ|3120|4600|53000
    100590|머큐리|share|KOSDAQ|5250|1900|15500
    106080|케이이엠텍|share|KOSDAQ|1320|5400|62000
    114190|강원에너지|share|KOSDAQ|12400|1400|24800
    121850|코이즈|share|KOSDAQ|1420|3300|23000
    187660|현대ADM|share|KOSDAQ|2120|3600|41000
    203650|드림시큐리티|share|KOSDAQ|3150|3400|50500
    205500|넥써쓰|share|KOSDAQ|2250|4100|66000
    224110|에이텍모빌리티|share|KOSDAQ|15200|900|5300
    250060|모비스|share|KOSDAQ|3420|4200|32000
    069500|KODEX 200|etf|KOSPI|108500|5000|180000
    122630|KODEX 레버리지|etf|KOSPI|84500|10000|60000
    114800|KODEX 인버스|etf|KOSPI|1985|30000|400000
    252670|KODEX 200선물인버스2X|etf|KOSPI|512|150000|2500000
    229200|KODEX 코스닥150|etf|KOSPI|15600|6000|90000
    233740|KODEX 코스닥150레버리지|etf|KOSPI|11500|15000|120000
    091160|KODEX 반도체|etf|KOSPI|78500|800|20000
    305720|KODEX 2차전지산업|etf|KOSPI|15400|1200|80000
    360750|TIGER 미국S&P500|etf|KOSPI|24800|3000|400000
    133690|TIGER 미국나스닥100|etf|KOSPI|158500|250|45000
    102110|TIGER 200|etf|KOSPI|105000|1200|40000
    0074K0|KoAct K수출핵심기업TOP30액티브|etf|KOSPI|12000|60|3000
    Q500001|신한 K200 ETN|etn|KOSPI|22000|20|1000
    57JN53|한국JN53삼성전자콜|elw|KOSPI|270
    57JN54|한국JN54삼성전자풋|elw|KOSPI|215
    58K211|미래K211SK하이닉스콜|elw|KOSPI|1350
    KR103502GD31|국고03250-5303(23-2)|bond|KRX|9985
    KBPR01|KIS국고채01Y|bond-index|KRX|120
    A05608|미니 코스피 F|index-future|KRX|1080.3
    101V06|코스피200 F 202406|index-future|KRX|367.35
    101W12|코스피200 F 202512|index-future|KRX|580
    201V06362|코스피200 C 202406 362.5|index-option|KRX|4.5
    301V06362|코스피200 P 202406 362.5|index-option|KRX|2.98
    111V06|삼성전자 F 202406|stock-future|KRX|77900
    211V05059|삼성전자 C 202405|stock-option|KRX|1140
    175W12|미국달러 F 202512|commodity-future|KRX|1450
    DNASAAPL|애플|overseas-share|NASDAQ|255
    DNASMSFT|마이크로소프트|overseas-share|NASDAQ|510
    DNASNVDA|엔비디아|overseas-share|NASDAQ|180
    DNASTSLA|테슬라|overseas-share|NASDAQ|430
    DNASGOOGL|알파벳 A|overseas-share|NASDAQ|354
    DNASAMZN|아마존닷컴|overseas-share|NASDAQ|225
    DNYSKO|코카콜라|overseas-share|NYSE|70
    DAMSSPY|SPDR S&P500 ETF|overseas-share|AMEX|690
    RBAQAAPL|애플 (주간)|overseas-share|NASDAQ|255
    DHKS00700|텐센트|overseas-share|HKEX|600|||100
    DTSE7203|토요타 자동차|overseas-share|TSE|2900
    DNASMETA|메타 플랫폼스|overseas-share|NASDAQ|640
    DNASAVGO|브로드컴|overseas-share|NASDAQ|345
    DNASCOST|코스트코 홀세일|overseas-share|NASDAQ|910
    DNASNFLX|넷플릭스|overseas-share|NASDAQ|108
    DNASAMD|AMD|overseas-share|NASDAQ|215
    DNASINTC|인텔|overseas-share|NASDAQ|40
    DNASMU|마이크론 테크놀로지|overseas-share|NASDAQ|235
    DNASQCOM|퀄컴|overseas-share|NASDAQ|165
    DNASPLTR|팔란티어 테크|overseas-share|NASDAQ|165
    DNASADBE|어도비|overseas-share|NASDAQ|320
    DNASPEP|펩시코|overseas-share|NASDAQ|148
    DNASSBUX|스타벅스|overseas-share|NASDAQ|86
    DNASPYPL|페이팔|overseas-share|NASDAQ|62
    DNASQQQ|INVESCO QQQ|overseas-share|NASDAQ|615
    DNYSBRK/B|버크셔 해서웨이 B|overseas-share|NYSE|505
    DNYSJPM|JP모간체이스|overseas-share|NYSE|310
    DNYSV|비자|overseas-share|NYSE|335
    DNYSJNJ|존슨앤드존슨|overseas-share|NYSE|205
    DNYSWMT|월마트|overseas-share|NYSE|110
    DNYSXOM|엑슨모빌|overseas-share|NYSE|116
    DNYSPG|프록터앤드갬블|overseas-share|NYSE|147
    DNYSDIS|월트디즈니|overseas-share|NYSE|104
    DNYSBA|보잉|overseas-share|NYSE|188
    DNYSGE|GE 에어로스페이스|overseas-share|NYSE|298
    DNYSBABA|알리바바 ADR|overseas-share|NYSE|157
    DNYSTSM|TSMC ADR|overseas-share|NYSE|290
    DNYSNKE|나이키|overseas-share|NYSE|65
    DNYSUBER|우버 테크놀로지스|overseas-share|NYSE|88
    DAMSVTI|VANGUARD 전체시장 ETF|overseas-share|AMEX|336
    DAMSGLD|SPDR GOLD|overseas-share|AMEX|385
    DAMSSOXL|DIREXION 반도체 3배|overseas-share|AMEX|42
    DAMSTQQQ|PROSHARES QQQ 3배|overseas-share|AMEX|55
    DAMSSCHD|SCHWAB 배당 ETF|overseas-share|AMEX|27
    DHKS09988|알리바바|overseas-share|HKEX|153|||100
    DHKS03690|메이투안|overseas-share|HKEX|99|||100
    DHKS01810|샤오미|overseas-share|HKEX|40|||200
    DHKS00005|HSBC 홀딩스|overseas-share|HKEX|110|||400
    DHKS00941|차이나모바일|overseas-share|HKEX|89|||500
    DHKS01211|비야디|overseas-share|HKEX|97|||100
    DHKS02318|중국평안보험|overseas-share|HKEX|57|||500
    DTSE6758|소니 그룹|overseas-share|TSE|4600
    DTSE9984|소프트뱅크 그룹|overseas-share|TSE|17000
    DTSE6861|키엔스|overseas-share|TSE|53000
    DTSE8306|미쓰비시UFJ|overseas-share|TSE|2430
    DTSE9983|패스트 리테일링|overseas-share|TSE|57000
    DTSE7974|닌텐도|overseas-share|TSE|13200
    DTSE8035|도쿄일렉트론|overseas-share|TSE|31500
    DSHS600519|귀주모태주|overseas-share|SSE|1450
    DSHS601318|중국평안보험 A|overseas-share|SSE|59
    DSHS600036|초상은행|overseas-share|SSE|43
    DSHS601899|자금광업|overseas-share|SSE|29
    DSZS300750|CATL|overseas-share|SZSE|375
    DSZS000858|오량액|overseas-share|SZSE|118
    DSZS002594|비야디 A|overseas-share|SZSE|96
    DSZS000333|메이디 그룹|overseas-share|SZSE|79
    DHSXVIC|빈그룹|overseas-share|HSX|215000
    DHSXVCB|비엣콤은행|overseas-share|HSX|59000
    DHSXFPT|FPT|overseas-share|HSX|98000
    DHSXHPG|호아팟 그룹|overseas-share|HSX|26000
    DHNXSHS|사이공하노이증권|overseas-share|HNX|22000
    DHNXPVS|페트로베트남기술|overseas-share|HNX|32000
    DHNXIDC|IDICO|overseas-share|HNX|38000
    DNASFANG|다이아몬드백 에너지|overseas-share|NASDAQ|150
    DNASBKR|베이커 휴즈|overseas-share|NASDAQ|48
    DNASAPA|APA|overseas-share|NASDAQ|24
    DNASLIN|린데|overseas-share|NASDAQ|440
    DNASSTLD|스틸 다이내믹스|overseas-share|NASDAQ|160
    DNASHON|하니웰|overseas-share|NASDAQ|205
    DNASADP|ADP|overseas-share|NASDAQ|260
    DNASCSX|CSX|overseas-share|NASDAQ|36
    DNASPCAR|파카|overseas-share|NASDAQ|105
    DNASBKNG|부킹홀딩스|overseas-share|NASDAQ|5100
    DNASMELI|메르카도리브레|overseas-share|NASDAQ|2100
    DNASABNB|에어비앤비|overseas-share|NASDAQ|125
    DNASMDLZ|몬델리즈|overseas-share|NASDAQ|58
    DNASMNST|몬스터 베버리지|overseas-share|NASDAQ|72
    DNASKDP|큐리그 닥터페퍼|overseas-share|NASDAQ|28
    DNASAMGN|암젠|overseas-share|NASDAQ|330
    DNASGILD|길리어드 사이언스|overseas-share|NASDAQ|122
    DNASISRG|인튜이티브 서지컬|overseas-share|NASDAQ|550
    DNASVRTX|버텍스 파마슈티컬스|overseas-share|NASDAQ|440
    DNASREGN|리제네론|overseas-share|NASDAQ|760
    DNASMRNA|모더나|overseas-share|NASDAQ|33
    DNASCME|CME 그룹|overseas-share|NASDAQ|275
    DNASHOOD|로빈후드|overseas-share|NASDAQ|115
    DNASCOIN|코인베이스|overseas-share|NASDAQ|260
    DNASMSTR|스트래티지|overseas-share|NASDAQ|180
    DNASCSCO|시스코 시스템즈|overseas-share|NASDAQ|77
    DNASTXN|텍사스 인스트루먼트|overseas-share|NASDAQ|180
    DNASAMAT|어플라이드 머티어리얼즈|overseas-share|NASDAQ|265
    DNASASML|ASML 홀딩 ADR|overseas-share|NASDAQ|1050
    DNASARM|암 홀딩스 ADR|overseas-share|NASDAQ|130
    DNASMRVL|마벨 테크놀로지|overseas-share|NASDAQ|90
    DNASCRWD|크라우드스트라이크|overseas-share|NASDAQ|490
    DNASPANW|팔로알토 네트웍스|overseas-share|NASDAQ|185
    DNASSMCI|슈퍼 마이크로 컴퓨터|overseas-share|NASDAQ|31
    DNASCMCSA|컴캐스트|overseas-share|NASDAQ|29
    DNASTMUS|T-모바일 US|overseas-share|NASDAQ|200
    DNASEA|일렉트로닉 아츠|overseas-share|NASDAQ|203
    DNASAEP|아메리칸 일렉트릭 파워|overseas-share|NASDAQ|116
    DNASEXC|엑셀론|overseas-share|NASDAQ|44
    DNASXEL|엑셀 에너지|overseas-share|NASDAQ|75
    DNASCEG|컨스텔레이션 에너지|overseas-share|NASDAQ|355
    DNASEQIX|에퀴닉스|overseas-share|NASDAQ|765
    DNASNVDL|GRANITESHARES 엔비디아 2배|overseas-share|NASDAQ|95
    DNASSBAC|SBA 커뮤니케이션스|overseas-share|NASDAQ|192
    DNYSCVX|셰브론|overseas-share|NYSE|150
    DNYSCOP|코노코필립스|overseas-share|NYSE|93
    DNYSSLB|SLB|overseas-share|NYSE|38
    DNYSOXY|옥시덴탈 페트롤리움|overseas-share|NYSE|41
    DNYSFCX|프리포트 맥모란|overseas-share|NYSE|50
    DNYSNEM|뉴몬트|overseas-share|NYSE|100
    DNYSDOW|다우|overseas-share|NYSE|24
    DNYSCAT|캐터필러|overseas-share|NYSE|590
    DNYSLMT|록히드마틴|overseas-share|NYSE|480
    DNYSUPS|UPS|overseas-share|NYSE|100
    DNYSDE|디어|overseas-share|NYSE|470
    DNYSHD|홈디포|overseas-share|NYSE|350
    DNYSMCD|맥도날드|overseas-share|NYSE|310
    DNYSGM|제너럴모터스|overseas-share|NYSE|80
    DNYSF|포드|overseas-share|NYSE|13
    DNYSPM|필립모리스|overseas-share|NYSE|158
    DNYSCL|콜게이트 팜올리브|overseas-share|NYSE|78
    DNYSLLY|일라이 릴리|overseas-share|NYSE|1050
    DNYSUNH|유나이티드헬스|overseas-share|NYSE|330
    DNYSPFE|화이자|overseas-share|NYSE|25
    DNYSMRK|머크|overseas-share|NYSE|105
    DNYSABBV|애브비|overseas-share|NYSE|228
    DNYSBAC|뱅크오브아메리카|overseas-share|NYSE|55
    DNYSWFC|웰스파고|overseas-share|NYSE|93
    DNYSGS|골드만삭스|overseas-share|NYSE|880
    DNYSMA|마스터카드|overseas-share|NYSE|575
    DNYSC|씨티그룹|overseas-share|NYSE|117
    DNYSIBM|IBM|overseas-share|NYSE|300
    DNYSORCL|오라클|overseas-share|NYSE|198
    DNYSCRM|세일즈포스|overseas-share|NYSE|265
    DNYSNOW|서비스나우|overseas-share|NYSE|155
    DNYSSNOW|스노우플레이크|overseas-share|NYSE|220
    DNYST|AT&T|overseas-share|NYSE|25
    DNYSVZ|버라이즌|overseas-share|NYSE|41
    DNYSNEE|넥스트에라 에너지|overseas-share|NYSE|80
    DNYSDUK|듀크 에너지|overseas-share|NYSE|118
    DNYSSO|서던|overseas-share|NYSE|87
    DNYSPLD|프롤로지스|overseas-share|NYSE|128
    DNYSAMT|아메리칸 타워|overseas-share|NYSE|178
    DNYSO|리얼티 인컴|overseas-share|NYSE|57
    DAMSVOO|VANGUARD S&P500 ETF|overseas-share|AMEX|630
    DAMSIVV|ISHARES S&P500 ETF|overseas-share|AMEX|690
    DAMSDIA|SPDR 다우존스 ETF|overseas-share|AMEX|480
    DAMSIWM|ISHARES 러셀2000 ETF|overseas-share|AMEX|250
    DAMSRSP|INVESCO S&P500 동일가중 ETF|overseas-share|AMEX|192
    DAMSEFA|ISHARES 선진국 ETF|overseas-share|AMEX|96
    DAMSEEM|ISHARES 신흥국 ETF|overseas-share|AMEX|54
    DAMSVWO|VANGUARD 신흥국 ETF|overseas-share|AMEX|54
    DAMSAGG|ISHARES 미국종합채권 ETF|overseas-share|AMEX|100
    DAMSHYG|ISHARES 하이일드 ETF|overseas-share|AMEX|80
    DAMSLQD|ISHARES 투자등급 ETF|overseas-share|AMEX|110
    DAMSSLV|ISHARES 은|overseas-share|AMEX|62
    DAMSUSO|미국 오일 펀드|overseas-share|AMEX|70
    DAMSUNG|미국 천연가스 펀드|overseas-share|AMEX|12
    DAMSXLE|SPDR 에너지 ETF|overseas-share|AMEX|45
    DAMSXLB|SPDR 소재 ETF|overseas-share|AMEX|46
    DAMSGDX|VANECK 금광 ETF|overseas-share|AMEX|88
    DAMSXLI|SPDR 산업재 ETF|overseas-share|AMEX|157
    DAMSXLY|SPDR 경기소비재 ETF|overseas-share|AMEX|121
    DAMSXLP|SPDR 필수소비재 ETF|overseas-share|AMEX|79
    DAMSXLV|SPDR 헬스케어 ETF|overseas-share|AMEX|155
    DAMSXBI|SPDR 바이오 ETF|overseas-share|AMEX|122
    DAMSXLF|SPDR 금융 ETF|overseas-share|AMEX|55
    DAMSKRE|SPDR 지역은행 ETF|overseas-share|AMEX|66
    DAMSXLK|SPDR 기술 ETF|overseas-share|AMEX|145
    DAMSXLC|SPDR 커뮤니케이션 ETF|overseas-share|AMEX|117
    DAMSXLU|SPDR 유틸리티 ETF|overseas-share|AMEX|43
    DAMSXLRE|SPDR 부동산 ETF|overseas-share|AMEX|41
    DAMSVNQ|VANGUARD 부동산 ETF|overseas-share|AMEX|89
    DAMSSPXL|DIREXION S&P500 3배|overseas-share|AMEX|225
    DAMSTNA|DIREXION 소형주 3배|overseas-share|AMEX|53
    DAMSLABU|DIREXION 바이오 3배|overseas-share|AMEX|165
    DAMSJEPI|JPMORGAN 프리미엄 인컴 ETF|overseas-share|AMEX|58
    DAMSVYM|VANGUARD 고배당 ETF|overseas-share|AMEX|146
    DAMSVUG|VANGUARD 성장 ETF|overseas-share|AMEX|490
    DHKS01299|AIA 그룹|overseas-share|HKEX|82|||200
    DHKS00388|홍콩거래소|overseas-share|HKEX|410|||100
    DHKS00939|중국건설은행|overseas-share|HKEX|7.8|||1000
    DHKS01398|중국공상은행|overseas-share|HKEX|6.3|||1000
    DHKS03988|중국은행|overseas-share|HKEX|4.6|||1000
    DHKS00883|CNOOC|overseas-share|HKEX|21.5|||1000
    DHKS00857|페트로차이나|overseas-share|HKEX|8.6|||2000
    DHKS00386|시노펙|overseas-share|HKEX|4.5|||2000
    DHKS09618|JD닷컴|overseas-share|HKEX|115|||50
    DHKS09999|넷이즈|overseas-share|HKEX|215|||100
    DHKS09888|바이두|overseas-share|HKEX|125|||50
    DHKS01024|콰이쇼우|overseas-share|HKEX|68|||100
    DHKS02020|안타스포츠|overseas-share|HKEX|82|||200
    DHKS02331|리닝|overseas-share|HKEX|17.5|||500
    DHKS00175|지리자동차|overseas-share|HKEX|17.4|||1000
    DHKS02015|리오토|overseas-share|HKEX|72|||100
    DHKS09868|샤오펑|overseas-share|HKEX|78|||100
    DHKS00981|SMIC|overseas-share|HKEX|70|||500
    DHKS00992|레노버|overseas-share|HKEX|9.8|||2000
    DHKS02382|써니옵티컬|overseas-share|HKEX|66|||100
    DHKS00027|갤럭시 엔터테인먼트|overseas-share|HKEX|39|||1000
    DHKS00016|순훙카이 부동산|overseas-share|HKEX|98|||500
    DHKS01113|CK 자산|overseas-share|HKEX|39|||500
    DHKS00001|CK 허치슨|overseas-share|HKEX|53|||500
    DHKS00669|테크트로닉|overseas-share|HKEX|92|||500
    DHKS00066|MTR|overseas-share|HKEX|30|||500
    DHKS00002|CLP 홀딩스|overseas-share|HKEX|67|||500
    DHKS00003|홍콩중화가스|overseas-share|HKEX|7.1|||1000
    DHKS02269|우시바이오로직스|overseas-share|HKEX|33|||500
    DHKS01093|CSPC 제약|overseas-share|HKEX|8.1|||2000
    DHKS01177|시노바이오제약|overseas-share|HKEX|7.0|||1000
    DHKS00291|화윤맥주|overseas-share|HKEX|27|||500
    DHKS02319|멍뉴유업|overseas-share|HKEX|14.8|||1000
    DHKS02899|자금광업|overseas-share|HKEX|33|||2000
    DHKS01378|중국홍차오|overseas-share|HKEX|30|||500
    DTSE6501|히타치|overseas-share|TSE|4900
    DTSE6098|리크루트|overseas-share|TSE|8200
    DTSE4063|신에쓰화학|overseas-share|TSE|4700
    DTSE5401|일본제철|overseas-share|TSE|620
    DTSE8058|미쓰비시상사|overseas-share|TSE|3600
    DTSE8001|이토추상사|overseas-share|TSE|9300
    DTSE8031|미쓰이물산|overseas-share|TSE|4100
    DTSE8316|미쓰이스미토모FG|overseas-share|TSE|4700
    DTSE8411|미즈호FG|overseas-share|TSE|5400
    DTSE8766|도쿄해상|overseas-share|TSE|5600
    DTSE9432|NTT|overseas-share|TSE|155
    DTSE9433|KDDI|overseas-share|TSE|2650
    DTSE9434|소프트뱅크|overseas-share|TSE|220
    DTSE4502|다케다제약|overseas-share|TSE|4500
    DTSE4568|다이이치산쿄|overseas-share|TSE|3500
    DTSE4519|추가이제약|overseas-share|TSE|7200
    DTSE7267|혼다|overseas-share|TSE|1600
    DTSE7201|닛산|overseas-share|TSE|375
    DTSE6902|덴소|overseas-share|TSE|2100
    DTSE4661|오리엔탈랜드|overseas-share|TSE|3000
    DTSE5108|브리지스톤|overseas-share|TSE|7000
    DTSE7751|캐논|overseas-share|TSE|4500
    DTSE6981|무라타제작소|overseas-share|TSE|3200
    DTSE6857|어드반테스트|overseas-share|TSE|20500
    DTSE6920|레이저텍|overseas-share|TSE|31000
    DTSE6146|디스코|overseas-share|TSE|49000
    DTSE6954|화낙|overseas-share|TSE|5000
    DTSE6367|다이킨|overseas-share|TSE|19500
    DTSE7011|미쓰비시중공업|overseas-share|TSE|4000
    DTSE9020|JR 동일본|overseas-share|TSE|3900
    DTSE2914|JT|overseas-share|TSE|5500
    DTSE4452|카오|overseas-share|TSE|6300
    DTSE3382|세븐앤아이|overseas-share|TSE|2100
    DTSE8801|미쓰이부동산|overseas-share|TSE|1750
    DTSE8802|미쓰비시지소|overseas-share|TSE|3600
    DTSE1605|인펙스|overseas-share|TSE|3200
    DTSE5020|ENEOS|overseas-share|TSE|1050
    DTSE9501|도쿄전력|overseas-share|TSE|750
    DTSE9503|간사이전력|overseas-share|TSE|2500
    DSHS601398|공상은행|overseas-share|SSE|7.9
    DSHS601288|농업은행|overseas-share|SSE|7.8
    DSHS601939|건설은행|overseas-share|SSE|9.2
    DSHS600030|중신증권|overseas-share|SSE|28
    DSHS601601|중국태평양보험|overseas-share|SSE|37
    DSHS601857|페트로차이나 A|overseas-share|SSE|9.5
    DSHS600028|시노펙 A|overseas-share|SSE|5.8
    DSHS601088|중국선화에너지|overseas-share|SSE|41
    DSHS601225|섬서석탄|overseas-share|SSE|22
    DSHS600585|안휘해라시멘트|overseas-share|SSE|23
    DSHS600309|만화화학|overseas-share|SSE|66
    DSHS600019|보산강철|overseas-share|SSE|7.2
    DSHS601668|중국건축|overseas-share|SSE|5.4
    DSHS601766|중국중차|overseas-share|SSE|7.6
    DSHS600406|국전남서|overseas-share|SSE|23
    DSHS600104|상해자동차|overseas-share|SSE|16
    DSHS600690|하이얼스마트홈|overseas-share|SSE|26
    DSHS601888|중국중면|overseas-share|SSE|78
    DSHS600887|이리실업|overseas-share|SSE|28
    DSHS603288|해천미업|overseas-share|SSE|38
    DSHS600276|항서제약|overseas-share|SSE|66
    DSHS603259|우시앱텍|overseas-share|SSE|98
    DSHS600436|편자황|overseas-share|SSE|175
    DSHS601012|융기그린에너지|overseas-share|SSE|19
    DSHS688981|SMIC A|overseas-share|SSE|118
    DSHS688111|킹소프트오피스|overseas-share|SSE|310
    DSHS600050|차이나유니콤|overseas-share|SSE|5.5
    DSHS601728|차이나텔레콤|overseas-share|SSE|6.6
    DSHS600900|장강전력|overseas-share|SSE|28
    DSHS600011|화능국제전력|overseas-share|SSE|8.0
    DSHS600048|폴리부동산|overseas-share|SSE|7.6
    DSZS000001|평안은행|overseas-share|SZSE|11.5
    DSZS300059|동방재부|overseas-share|SZSE|24
    DSZS002142|닝보은행|overseas-share|SZSE|28
    DSZS000002|만과 A|overseas-share|SZSE|6.2
    DSZS001979|초상사구|overseas-share|SZSE|9.5
    DSZS000651|거리전기|overseas-share|SZSE|40
    DSZS000625|장안자동차|overseas-share|SZSE|12.2
    DSZS002415|하이크비전|overseas-share|SZSE|31
    DSZS002475|럭스쉐어|overseas-share|SZSE|60
    DSZS000725|BOE 테크놀로지|overseas-share|SZSE|4.0
    DSZS002230|아이플라이텍|overseas-share|SZSE|50
    DSZS000063|ZTE|overseas-share|SZSE|40
    DSZS300308|중제욱창|overseas-share|SZSE|560
    DSZS300502|신이성|overseas-share|SZSE|370
    DSZS300760|마인드레이|overseas-share|SZSE|205
    DSZS300015|애이안과|overseas-share|SZSE|11.5
    DSZS000538|운남백약|overseas-share|SZSE|57
    DSZS000568|노주노교|overseas-share|SZSE|125
    DSZS002304|양하주조|overseas-share|SZSE|65
    DSZS002714|목원식품|overseas-share|SZSE|50
    DSZS300498|온씨식품|overseas-share|SZSE|18
    DSZS002352|순풍홀딩스|overseas-share|SZSE|39
    DSZS300124|이노밴스|overseas-share|SZSE|72
    DSZS300274|양광전원|overseas-share|SZSE|175
    DSZS000338|웨이차이동력|overseas-share|SZSE|17
    DSZS002027|포커스미디어|overseas-share|SZSE|7.4
    DSZS300413|망고엑설런트|overseas-share|SZSE|26
    DSZS002460|간펑리튬|overseas-share|SZSE|63
    DSZS002466|천제리튬|overseas-share|SZSE|54
    DSZS000792|염호산업|overseas-share|SZSE|27
    DSZS003816|중광핵전력|overseas-share|SZSE|3.8
    DSZS000027|심천에너지|overseas-share|SZSE|6.5
    DSZS002353|제리석유|overseas-share|SZSE|70
    DSZS000983|산서초매|overseas-share|SZSE|7.0
    DHSXVHM|빈홈스|overseas-share|HSX|98000
    DHSXVRE|빈컴리테일|overseas-share|HSX|33000
    DHSXNVL|노바랜드|overseas-share|HSX|14500
    DHSXKDH|캉디엔|overseas-share|HSX|34000
    DHSXVNM|비나밀크|overseas-share|HSX|62000
    DHSXMSN|마산그룹|overseas-share|HSX|78000
    DHSXSAB|사베코|overseas-share|HSX|47000
    DHSXDBC|다바코|overseas-share|HSX|27000
    DHSXMWG|모바일월드|overseas-share|HSX|82000
    DHSXPNJ|푸뉴언주얼리|overseas-share|HSX|92000
    DHSXGAS|페트로베트남가스|overseas-share|HSX|63000
    DHSXPOW|페트로베트남전력|overseas-share|HSX|14000
    DHSXREE|REE|overseas-share|HSX|65000
    DHSXPLX|페트로리멕스|overseas-share|HSX|35000
    DHSXPVD|PV드릴링|overseas-share|HSX|24000
    DHSXBID|BIDV|overseas-share|HSX|38000
    DHSXCTG|비엣틴은행|overseas-share|HSX|49000
    DHSXTCB|테크콤은행|overseas-share|HSX|34500
    DHSXMBB|군대은행|overseas-share|HSX|24000
    DHSXVPB|VP은행|overseas-share|HSX|29000
    DHSXACB|ACB|overseas-share|HSX|24500
    DHSXSTB|사콤은행|overseas-share|HSX|49000
    DHSXSSI|SSI증권|overseas-share|HSX|31000
    DHSXBVH|바오비엣|overseas-share|HSX|57000
    DHSXDGC|득장화학|overseas-share|HSX|70000
    DHSXGVR|베트남고무|overseas-share|HSX|28000
    DHSXDPM|푸미비료|overseas-share|HSX|24000
    DHSXVJC|비엣젯항공|overseas-share|HSX|175000
    DHSXHVN|베트남항공|overseas-share|HSX|28000
    DHSXGMD|제마뎁|overseas-share|HSX|62000
    DHSXDHG|하우장제약|overseas-share|HSX|100000
    DHSXIMP|이멕스팜|overseas-share|HSX|52000
    DHSXCMG|CMC|overseas-share|HSX|38000
    DHSXYEG|예원그룹|overseas-share|HSX|12500
    DHSXFOX|FPT텔레콤|overseas-share|HSX|65000
    DHNXCEO|CEO그룹|overseas-share|HNX|24000
    DHNXL14|리코기14|overseas-share|HNX|33000
    DHNXNDN|다낭주택|overseas-share|HNX|11000
    DHNXMBS|MB증권|overseas-share|HNX|29000
    DHNXBVS|바오비엣증권|overseas-share|HNX|36000
    DHNXPVI|PVI 홀딩스|overseas-share|HNX|82000
    DHNXVNR|베트남재보험|overseas-share|HNX|23000
    DHNXNVB|내셔널시티즌은행|overseas-share|HNX|14000
    DHNXVCS|비코스톤|overseas-share|HNX|47000
    DHNXLAS|람타오비료|overseas-share|HNX|18500
    DHNXVGS|비엣득강관|overseas-share|HNX|28000
    DHNXNTP|띠엔퐁플라스틱|overseas-share|HNX|62000
    DHNXHUT|타스코|overseas-share|HNX|17500
    DHNXDTD|타인동개발|overseas-share|HNX|18000
    DHNXPVC|페트로베트남화학|overseas-share|HNX|11500
    DHNXPVB|PV코팅|overseas-share|HNX|30000
    DHNXNBC|누이베오석탄|overseas-share|HNX|10500
    DHNXTVD|방자인석탄|overseas-share|HNX|11000
    DHNXTNG|TNG 의류|overseas-share|HNX|20500
    DHNXHHC|하이하제과|overseas-share|HNX|95000
    DHNXSLS|선라사탕수수|overseas-share|HNX|185000
    DHNXCAN|하롱통조림|overseas-share|HNX|38000
    DHNXDHT|하떠이제약|overseas-share|HNX|78000
    DHNXAMV|AMV 의료|overseas-share|HNX|2300
    DHNXDP3|DP3 제약|overseas-share|HNX|56000
    DHNXPSD|PV 유통|overseas-share|HNX|13500
    DHNXUNI|비엔리엔|overseas-share|HNX|8500
    DHNXITQ|티엔꽝|overseas-share|HNX|2900
    DHNXEBS|하노이교육출판|overseas-share|HNX|11800
    DHNXDAD|다낭교육개발|overseas-share|HNX|17500
    DHNXPGS|남부가스|overseas-share|HNX|34000
    DHNXPCG|도시가스개발|overseas-share|HNX|6200
    ESZ26|E-mini S&P 500 2026.12|overseas-future|CME|6900
    CLZ26|WTI 원유 2026.12|overseas-future|NYMEX|65
    OESH23 C3900|E-mini S&P 500 2023.03 C 3900|overseas-future|CME|120
    """#
}
