"""Units as towns write them, behind a number and in headers."""

# unit -> its spellings; the first is the one that a recipe gets
UNITS: dict[str, tuple[str, ...]] = {
    "人": ("人", "名"),
    "世帯": ("世帯",),
    "歳": ("歳", "才"),
    "箇所": ("箇所", "か所", "カ所", "ヶ所", "ケ所", "ヵ所"),
    "％": ("%", "％", "パーセント"),
    "㎡": ("㎡", "m2", "m²", "平方メートル", "平米"),
    "㎢": ("㎢", "km2", "km²", "平方キロメートル"),
    "㎥": ("㎥", "m3", "m³", "立方メートル"),
    "m": ("m", "メートル", "ｍ"),
    "km": ("km", "キロメートル", "㎞", "ｋｍ"),
    "cm": ("cm", "センチメートル", "㎝", "ｃｍ"),
    "mm": ("mm", "ミリメートル", "㎜", "ｍｍ"),
    "ha": ("ha", "ヘクタール", "㏊"),
    "kg": ("kg", "キログラム", "㎏", "ｋｇ"),
    "g": ("g", "グラム"),
    "t": ("t", "トン"),
    "L": ("L", "l", "ℓ", "リットル", "㍑"),
    "kL": ("kL", "kl", "キロリットル"),
    "kW": ("kW", "kw", "キロワット"),
    "kWh": ("kWh", "kwh", "キロワット時"),
    "℃": ("℃",),
    "度": ("度", "°"),
    "円": ("円", "¥", "￥"),
    "か月": ("か月", "カ月", "ヶ月", "ケ月", "ヵ月", "箇月"),
    **{unit: (unit,) for unit in (
        "千円", "万円", "百万円", "億円", "千人", "万人", "人/日", "台", "個", "件", "床", "室", "席", "卓", "区画",
        "校", "園", "学級", "戸", "棟", "基", "本", "枚", "冊", "点", "回", "日", "時間", "分", "秒", "年", "年間",
        "週間", "階", "組", "団体", "店舗", "社", "種類", "品目", "便", "頭", "羽", "匹", "株", "着", "張", "面",
        "畳", "坪", "筆", "票", "隻", "艘", "食", "袋", "箱", "束", "人分",
    )},
}  # fmt: skip
UNIT_OF = {each: unit for unit, spellings in UNITS.items() for each in spellings}
# in headers only: behind a number 時 is a time, 月 a month
FOR_HEADERS = frozenset(
    """
世帯数 館 店 月 時 ‰ k㎡ a mg ml mw w v mg/l ppm ppb μg/m3 db 部 路線 人/km2 人/k㎡ 人/㎢ ポイント 指数 床/人
""".split()  # noqa: SIM905  # a list of words reads best as words
)
# behind a number only; in a header they are words: 利用者数（年間）, 会社名（株）
FOR_CELLS = frozenset(
    "年間 週間 種類 品目 株 階 面 店舗 学級 食 張 着 筆 袋 箱 束".split()  # noqa: SIM905  # as above
)
IN_HEADERS = FOR_HEADERS | {each.casefold() for each in UNIT_OF} - FOR_CELLS
