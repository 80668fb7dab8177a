//! Texts in traditional characters, as mirrors of pages show them, in the simplified ones that rules
//! look for; and the readings in brackets, `(shù)`, that such mirrors scatter over words.

/// Traditional characters in the order of their codes; none of them stands in simplified texts.
const FROM: &str = "\
    丟並佈佔併來侷係個們備傳僅價億償優兒內兩冊別刪則創劃劉動務勝\
    勞匯區協卻卽厠參叄呂員問啓啟單噸噹嚮嚴囌國圍園圖團執堅報場塊\
    塵壓壞壩壽夠夢奬婦學實寧審寫將專對導屆層屬島嶺嶼巖師帶幫幹幾\
    庫廁廈廟廢廣廬廳弔張強彎彔彙後徑從復徹愛態慮慶憑憲應懲懷戶捲\
    掃採揚換損搶擇擊擔據擬擴攔攝敗敵數斷於時晉暢暫曆曉曬書會東査\
    條棄棗棟楊業極榦榮構樁樂標樞樣樹橋機橫檔檢檯欄權歐歲歷歸殘殯\
    殺毀氣汙決沒沖況洩涼淨減渦測湧湯準溝溫溼滄滅滬滾滿漢漲潔潛潤\
    潯澤濃濕濟濰濱瀋瀏瀘灘灣災為無煙熱燈燒營爐爭爲牆牽犧狀獄獎獨\
    獲獵獻現瑣瑩瑪環瓊產産畝畢畫異當療癥發盡監盤眾睜矯確碼礎礙礦\
    祕禦禮稅種稱穀積穎穩穫窮竄競筆箇節範築簡簽籤糧糰糾紀約紅納紐\
    純紙級紛紡紮細紹終組結絕絡給統絲絳綏經綜綠綫維綱網緊緑緒線緣\
    編緩練緻縣縮縱總績織繞繪繫繳繼續纍纔罰罷羅義習聖聞聯聰聲職聽\
    腦腫膚膠臨臺與興舉舊舘艙華萊萬蓋蓮蔣蕭薦藝藥蘇蘊蘭處虛號蝦蟲\
    衆術衛衞裏補裝裡製複襲覈見規視親覺覽觀訂計訊討訓託記訟訣訪設\
    許訴註証詐評詞詢試話該詳誌認誘誠誤說説誰課調談請論諧諮諾謀講\
    謝謠證識譯議護譽讀變讓讚谘豐貞負財貢貨販貫責貳貴貸費貼貿資賓\
    賞賦質賬賴購賽贈贊贏贛趕趙趨跡踐蹟車軌軍軟較載輔輕輛輝輪輯輸\
    輿轄轉轟辦辭辯農迴這連週進遊運過達違遞遠遲遷選遺遼還邊邏郵鄉\
    鄧鄭鄰醫釀釋釘針鈔鉛銀銅銘銳銷鋪鋼錄錢錫錯録錶鍋鍛鍵鎖鎮鏈鏡\
    鐘鐵鑄鑑鑒鑽長門閃閉開閒間閱閲闆闊闖關闡陝陞陣陰陳陸陽隊階際\
    隨險隱隴隻雖雙雜雞離難雲電靈靜韆響頁頂頃項順須預頒頓領頭頸頻\
    顆題額顏顛類顧顯風颱飛飯飲飼養餘館饑饒馬駁駐駕騎騙騷驅驗驚驛\
    驟體髮鬥鬧魚魯鮮鳥鳳鳴鶴鹵鹽麗麥麵麼麽黃點黨齊齋齡齣龍龐龜";

/// The simplified character of each.
const TO: &str = "\
    丢并布占并来局系个们备传仅价亿偿优儿内两册别删则创划刘动务胜\
    劳汇区协却即厕参叁吕员问启启单吨当向严苏国围园图团执坚报场块\
    尘压坏坝寿够梦奖妇学实宁审写将专对导届层属岛岭屿岩师带帮干几\
    库厕厦庙废广庐厅吊张强弯录汇后径从复彻爱态虑庆凭宪应惩怀户卷\
    扫采扬换损抢择击担据拟扩拦摄败敌数断于时晋畅暂历晓晒书会东查\
    条弃枣栋杨业极干荣构桩乐标枢样树桥机横档检台栏权欧岁历归残殡\
    杀毁气污决没冲况泄凉净减涡测涌汤准沟温湿沧灭沪滚满汉涨洁潜润\
    浔泽浓湿济潍滨沈浏泸滩湾灾为无烟热灯烧营炉争为墙牵牺状狱奖独\
    获猎献现琐莹玛环琼产产亩毕画异当疗症发尽监盘众睁矫确码础碍矿\
    秘御礼税种称谷积颖稳获穷窜竞笔个节范筑简签签粮团纠纪约红纳纽\
    纯纸级纷纺扎细绍终组结绝络给统丝绛绥经综绿线维纲网紧绿绪线缘\
    编缓练致县缩纵总绩织绕绘系缴继续累才罚罢罗义习圣闻联聪声职听\
    脑肿肤胶临台与兴举旧馆舱华莱万盖莲蒋萧荐艺药苏蕴兰处虚号虾虫\
    众术卫卫里补装里制复袭核见规视亲觉览观订计讯讨训托记讼诀访设\
    许诉注证诈评词询试话该详志认诱诚误说说谁课调谈请论谐咨诺谋讲\
    谢谣证识译议护誉读变让赞咨丰贞负财贡货贩贯责贰贵贷费贴贸资宾\
    赏赋质账赖购赛赠赞赢赣赶赵趋迹践迹车轨军软较载辅轻辆辉轮辑输\
    舆辖转轰办辞辩农回这连周进游运过达违递远迟迁选遗辽还边逻邮乡\
    邓郑邻医酿释钉针钞铅银铜铭锐销铺钢录钱锡错录表锅锻键锁镇链镜\
    钟铁铸鉴鉴钻长门闪闭开闲间阅阅板阔闯关阐陕升阵阴陈陆阳队阶际\
    随险隐陇只虽双杂鸡离难云电灵静千响页顶顷项顺须预颁顿领头颈频\
    颗题额颜颠类顾显风台飞饭饮饲养余馆饥饶马驳驻驾骑骗骚驱验惊驿\
    骤体发斗闹鱼鲁鲜鸟凤鸣鹤卤盐丽麦面么么黄点党齐斋龄出龙庞龟";

const FIRST: u32 = 0x4E00;
/// Blocks of 64 codes up to the last Chinese character of the basic plane.
const BLOCKS: usize = 328;

/// One bit for each code from [`FIRST`], set for those in [`FROM`]: most characters need no search.
static SET: [u64; BLOCKS] = set();

#[allow(
    clippy::indexing_slicing,
    reason = "evaluated while compiling, where a fault stops the build"
)]
const fn set() -> [u64; BLOCKS] {
    let bytes = FROM.as_bytes();
    let mut set = [0; BLOCKS];
    let mut at = 0;
    while at < bytes.len() {
        let code = ((bytes[at] as u32 & 0x0F) << 12)
            | ((bytes[at + 1] as u32 & 0x3F) << 6)
            | (bytes[at + 2] as u32 & 0x3F);
        let bit = code - FIRST;
        set[(bit / 64) as usize] |= 1 << (bit % 64);
        at += 3;
    }
    set
}

/// Whether a character is a traditional one.
pub(super) fn is_traditional(c: char) -> bool {
    let bit = u32::from(c).wrapping_sub(FIRST);
    SET.get((bit / 64) as usize)
        .is_some_and(|block| block >> (bit % 64) & 1 == 1)
}

/// Whether a character is one of the unified ideographs that stand for themselves: most are.
pub(super) fn is_plain(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c) && !is_traditional(c)
}

/// The simplified character of a traditional one; any other stays.
pub(super) fn simple(c: char) -> char {
    if !is_traditional(c) {
        return c;
    }
    let mut bytes = [0; 4];
    c.encode_utf8(&mut bytes);
    let (from, _) = FROM.as_bytes().as_chunks::<3>();
    from.binary_search_by(|entry| entry.as_slice().cmp(bytes.get(..3).unwrap_or_default()))
        .ok()
        .and_then(|at| TO.get(3 * at..)?.chars().next())
        .unwrap_or(c)
}

/// A word of two characters that such mirrors use for another one of two.
pub(super) fn word(first: char, following: &str) -> Option<[char; 2]> {
    // Most characters begin none: look no further.
    if !matches!(first, '資' | '網' | '檔') {
        return None;
    }
    match (first, following.chars().next()?) {
        ('資', '訊') => Some(['信', '息']),
        ('網', '路') => Some(['网', '络']),
        // 檔案局 keeps files of another kind.
        ('檔', '案') => {
            let rest = following.chars().nth(1);
            (!rest.is_some_and(|c| "局館馆室管工".contains(c))).then_some(['文', '件'])
        }
        _ => None,
    }
}

/// The bytes of a reading in brackets behind a character, `(shù)`, that begins with the bracket.
pub(super) fn reading(last: Option<char>, text: &str) -> Option<usize> {
    const TONES: &str = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ";
    let last = last.filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c))?;
    let mut toned = is_traditional(last);
    let mut length = 0;
    for (at, c) in text.char_indices().take(9) {
        match c {
            '(' | '（' if at == 0 => {}
            ')' | '）' if length > 0 => return toned.then_some(at + c.len_utf8()),
            'a'..='z' | 'ü' => length += 1,
            c if TONES.contains(c) => {
                toned = true;
                length += 1;
            }
            _ => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_is_found() {
        assert_eq!(FROM.chars().count(), TO.chars().count());
        assert!(FROM.chars().is_sorted());
        for (from, to) in FROM.chars().zip(TO.chars()) {
            assert_eq!(simple(from), to);
            assert!(!is_traditional(to), "{to}");
        }
        assert_eq!(simple('a'), 'a');
        assert_eq!(simple('条'), '条');
        assert_eq!(simple('\u{10ffff}'), '\u{10ffff}');
    }

    #[test]
    fn readings() {
        assert_eq!(reading(Some('數'), "(shù)據"), Some(6));
        assert_eq!(reading(Some('們'), "(men)"), Some(5));
        assert_eq!(reading(Some('端'), "(app)"), None);
        assert_eq!(reading(Some('9'), "(shù)"), None);
        assert_eq!(reading(Some('數'), "("), None);
        assert_eq!(reading(Some('數'), "()"), None);
    }
}
