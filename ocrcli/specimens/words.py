"""Invented text by seed: Chinese and English sentences that say nothing about anybody, common and rare characters."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

# Characters that any newspaper page holds, for text without sense.
COMMON = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形"
    "相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展"
    "五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战"
    "先回则任取据处理世车价保市集器场空热石持压界志候育引张城步油导美治办层约状支白复土口听改收身济转许书传容华写造油究花刚周率整团"
    "参局采光亲断报斗精装林温划规严听算底史带每东备清满海商房究格言便望音板江族息语准热推神居查标深讲号录河轻毛片难节落春选亮钟"
    "夜早雨雪草叶鱼鸟马牛羊米面茶饭菜衣帽鞋床桌椅门窗灯笔纸墨书信桥船站楼院园店街村镇县州湖岛港湾峰谷泉溪松竹梅兰菊荷柳杏桃李枣栗"
    "春夏秋冬阴晴冷暖红黄蓝绿紫灰白黑金银铜铁锡铅煤盐糖醋酱豆麦稻棉麻丝绸布缎针剪尺秤筐篮桶盆碗盘杯勺筷壶炉灶烟囱梁柱砖瓦墙窑泥沙石"
    "祖父母亲兄弟姐妹叔伯姨舅侄孙儿女夫妻邻居客友师徒医护警察厂矿企业税务银行账户余额支票汇票凭证印章合同签署授权委托承诺保险赔偿损失"
    "仓储运输货柜航班列舱票据检疫海关申报进出口贸易批零售价折扣促销库存盘点采购订单供应渠道物资配送快递包裹邮政编码电话传真网址域名"
    "数据算法模块接口参数函数变量循环条件异常日志备份恢复升级补丁密码验证登录退出菜单按钮窗口屏幕键盘鼠标耳机摄像打印扫描复印装订归档"
    "皮肤骨骼肌肉神经血液心肺肝肾胃肠眼鼻喉咳嗽发热疼痛炎症感染过敏疫苗注射输液药片胶囊剂量处方复诊住院手术麻醉康复营养睡眠锻炼体检"
    "法院判决起诉被告证据律师仲裁调解执行罚款缴纳登记注册变更注销许可资质评审投标招标竞争垄断监督举报投诉纠纷协商违约责任免除终止续约"
    "跳跑走站坐躺爬滚推拉提扛抬搬扔接抓握捏拍敲打踢踩蹲跪弯伸缩转折叠卷铺挂贴粘钉锯刨磨钻焊铸锻烧煮蒸炒烤炸腌晒晾洗刷擦扫拖浇灌栽"
    "骑驾驶乘搭换候停靠泊锚桨帆舵缆码吊装卸载堆垛捆绑封拆验收发领取退还借贷租赁抵押担负债券股份红利息率汇兑换算盈亏预算决审核批复函"
)
# Characters that people's and places' names bring, and that few other pages do.
RARE = (
    "喆翀垚焱犇淼鑫瓯邕羿昶晟烨珺赟韬鼐骞翊妤婧婵琮璟璠璐霁彧龑赑奭燊嵘崧沄泓湉瀚灏炜煜祎祺禛稷笙筠翎芃茜荃莘蓥蔺薇藜衢"
)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(" ".join(item.split()) for item in text.split("/"))


_WHEN = _listed(
    """
    清晨 / 上个月底 / 下午三点 / 入冬以后 / 第二季度 / 雨停之后 / 会议结束前 / 每逢周末 / 去年秋天 / 天亮以前 /
    节后第一天 / 检查当日 / 搬迁期间 / 收到来信后 / 临近正午 / 试运行阶段 / 连续五天 / 交接完成时 / 开馆之初 /
    夏至前后
    """
)
_WHO = _listed(
    """
    档案室 / 三号车间 / 巡查小组 / 值班的电工 / 图书馆的志愿者 / 南坡的茶农 / 渡口的船工 / 新来的会计 / 果园主人 /
    修表的老师傅 / 气象站 / 社区食堂 / 木器厂 / 仓库管理员 / 测绘队 / 合唱团 / 夜班列车 / 山脚的小学 / 养蜂人 /
    印刷作坊 / 灯塔看守 / 河道管理处
    """
)
_HOW = _listed(
    """
    仔细地 / 按照清单 / 冒着小雨 / 不声不响地 / 分批 / 提前两天 / 当着众人 / 用旧报纸 / 重新 / 依次 / 在灯下 /
    顺着堤岸 / 一口气 / 照例 / 临时 / 逐页 / 沿铁路线 / 用毛笔
    """
)
_DID = _listed(
    """
    核对了 / 整理出 / 搬走了 / 登记了 / 修好了 / 晾干了 / 数清了 / 标出了 / 送来了 / 封存了 / 换掉了 / 画下了 /
    量过了 / 寄出了 / 验收了 / 抄写了 / 清点了 / 预订了 / 退回了 / 拼接了
    """
)
_WHAT = _listed(
    """
    四十二箱样品 / 一份旧合同 / 两台水泵 / 全部账目 / 去年的航线图 / 门前的石阶 / 一百零八册地方志 / 北侧的防护网 /
    三十米长的电缆 / 几封没有署名的信 / 新到的纸张 / 九只陶罐 / 河边的水尺 / 备用钥匙 / 窗台上的盆栽 / 第六号展柜 /
    半车松木 / 整套量具 / 晒好的笋干 / 十七张底片 / 屋顶的瓦片 / 带编号的工具箱
    """
)
_THEN = _listed(
    """
    随后回到原处 / 结果与记录一致 / 没有发现缺损 / 剩下的留到明天 / 大家都松了一口气 / 为此多花了两个小时 /
    费用由双方分担 / 编号写在右上角 / 其余部分待查 / 误差不超过百分之三 / 照片附在后面 / 并在簿子上签了字 /
    只差最后一页 / 比预计早了半天 / 余量仅够一周 / 地点暂不变动 / 雨季之前必须完工 / 详细数字见附表
    """
)
_ENGLISH_WHO = _listed(
    """
    The night ferry / A retired clockmaker / Our second warehouse / The river survey / An empty tram /
    The small museum / Every gardener here / The printing office / A quiet apprentice / The lighthouse keeper /
    Nobody in the valley / The spring inventory / This short report / The older bridge / Half of the orchard
    """
)
_ENGLISH_DID = _listed(
    """
    carried / measured / returned / recorded / repaired / counted / replaced / described / delivered / examined /
    collected / postponed / labelled / forgot / exchanged
    """
)
_ENGLISH_WHAT = _listed(
    """
    forty boxes of glass / the missing ledger / two copper kettles / a map of the northern shore / all seven samples /
    the figures for March / a parcel without an address / the wooden gate / three metres of cable / its own schedule /
    the yellow umbrellas / an index of old streets / the quarterly balance / a set of brass weights / the last page
    """
)
_ENGLISH_THEN = _listed(
    """
    before the rain began / without a single error / in less than an hour / at the usual price /
    as agreed in writing / behind the post office / for the third time / while the kettle boiled / under a grey sky /
    on the following Tuesday / to everyone's surprise / by candle light / near platform 9 / with some delay
    """
)
_TITLES = _listed(
    """
    关于整理旧仓库的几点说明 / 南坡茶园春季记录 / 渡口水位观测月报 / 从一张底片谈起 / 印刷作坊的十二个月 /
    山脚小学图书目录 / 夜班列车时刻调整 / 灯塔日志选抄 / 河道清淤工作纪要 / 木器厂库存盘点 / 合唱团排练安排 /
    地方志修补札记
    """
)
_GOODS = _listed(
    """
    全麦面包 / 鲜牛奶 / 笋干 / 绿茶 / 火柴 / 蜡烛 / 信封 / 橡皮 / 毛线手套 / 陶瓷杯 / 苹果 / 酱油 / 挂面 / 竹筷 / 肥皂 /
    雨伞 / 电池5号 / 铅笔HB / 矿泉水550ml / 抽纸3层 / 洗洁精1.2kg / 豆腐 / 鸡蛋 / 白糖 / 小米
    """
)
_CYRILLIC = _listed(
    """
    река / письмо / старый / мост / вечером / корабль / книга / снег / дорога / берег / тихо / окно / сосна / поезд
    """
)
_HANGUL = _listed(
    """
    강물 / 오래된 / 편지 / 저녁 / 다리 / 나무 / 작은 / 학교 / 기차 / 조용히 / 바다 / 겨울 / 창문 / 도서관
    """
)


def chinese(rng: Random) -> str:
    """A Chinese sentence with its full stop, some 15 to 35 characters."""
    parts = [rng.choice(_WHEN), "，" if rng.random() < 0.5 else "", rng.choice(_WHO)]
    parts += [rng.choice(_HOW) if rng.random() < 0.7 else "", rng.choice(_DID), rng.choice(_WHAT)]
    parts += ["，", rng.choice(_THEN)] if rng.random() < 0.7 else []
    return "".join(parts) + rng.choice("。。。。；！")


def english(rng: Random) -> str:
    """An English sentence with its full stop, some 6 to 14 words."""
    parts = [rng.choice(_ENGLISH_WHO), rng.choice(_ENGLISH_DID), rng.choice(_ENGLISH_WHAT)]
    if rng.random() < 0.7:
        parts.append(rng.choice(_ENGLISH_THEN))
    return " ".join(parts) + "."


def mixed(rng: Random) -> str:
    """A sentence in which Chinese, English, figures and signs meet."""
    amount = f"{rng.randint(1, 99999):,}.{rng.randint(0, 99):02d}"
    day = f"{rng.randint(1990, 2030)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
    code = "".join(rng.choice("ABCDEFGHKLMNPRSTUVWXYZ0123456789") for _ in range(rng.randint(5, 9)))
    forms: tuple[Callable[[], str], ...] = (
        lambda: f"{rng.choice(_WHO)}于{day}{rng.choice(_DID)}{rng.choice(_WHAT)}，合计¥{amount}元。",
        lambda: f"型号{code}的功率为{rng.randint(5, 900)}W，重{rng.randint(1, 90)}.{rng.randint(1, 9)}kg。",
        lambda: f"见《{rng.choice(_TITLES)}》第{rng.randint(1, 300)}页（{rng.choice(_ENGLISH_WHAT)}）。",
        lambda: (
            f"增长{rng.randint(1, 99)}.{rng.randint(0, 9)}%，详见 {rng.choice(_ENGLISH_WHO)} No.{rng.randint(1, 999)}。"
        ),
        lambda: f"请在{rng.randint(7, 21)}:{rng.randint(0, 59):02d}前把{code}发到{rng.choice(_WHO)}。",
    )
    return rng.choice(forms)()


def nonsense(rng: Random, length: int) -> str:
    """Common Chinese characters without sense, about one in twenty a rare one."""
    return "".join(rng.choice(RARE if rng.random() < 0.05 else COMMON) for _ in range(length))


def title(rng: Random) -> str:
    """A heading."""
    return rng.choice(_TITLES)


def goods(rng: Random) -> str:
    """Something a shop sells."""
    return rng.choice(_GOODS)


def foreign(rng: Random, script: str) -> str:
    """Some words in a script that the recogniser does not know: "cyrillic" or "hangul"."""
    words = {"cyrillic": _CYRILLIC, "hangul": _HANGUL}[script]
    return " ".join(rng.choice(words) for _ in range(rng.randint(4, 7)))


def paragraph(rng: Random, sentences: int, sentence: Callable[[Random], str] = chinese) -> str:
    """Several sentences in a row."""
    joint = " " if sentence is english else ""
    return joint.join(sentence(rng) for _ in range(sentences))


# What must not begin a line (W3C, Requirements for Chinese Text Layout, 3.1.6).
_NOT_FIRST = "，。；！？、：）》”’.,;:!?)%"


def wrap(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """The text broken into lines no longer than `width` px: between Chinese characters, between Latin words."""
    lines: list[str] = []
    line = ""
    for token in _tokens(text):
        if line and measure(line + token.rstrip()) > width:
            lines.append(line.rstrip())
            line = token.lstrip()
        else:
            line += token
    return [*lines, line.rstrip()] if line.strip() else lines


def _tokens(text: str) -> list[str]:
    """Pieces that are not broken: a Latin word with its blank, a Chinese character with the sign behind it."""
    tokens: list[str] = []
    for character in text:
        glued = tokens and (
            character in _NOT_FIRST
            or (character == " ")
            or (_latin(character) and _latin(tokens[-1][-1]))
            or tokens[-1][-1] in "（《¥"
        )
        if glued:
            tokens[-1] += character
        else:
            tokens.append(character)
    return tokens


def _latin(character: str) -> bool:
    return character.isascii() and not character.isspace()
