"""Contributed HTML -> the HTML that may stand in a page. An allow-list: what is not named is gone.

Contributed Markdown is HTML. This runs after Markdown and its extensions, on everything they made, and before
our own drawings are put in.
"""

import re

import nh3

TEXT = {
    "a", "abbr", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "dd", "del",
    "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i",
    "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small",
    "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u",
    "ul", "var", "wbr",
    "input", "label",  # task lists and content tabs; see _attribute
}  # fmt: skip
ATTRIBUTES = {
    "*": {"class", "id", "title", "lang", "dir"},
    "a": {"href", "rel", "download"},
    "img": {"src", "alt", "width", "height", "loading"},
    "td": {"colspan", "rowspan", "style"},
    "th": {"colspan", "rowspan", "scope", "style"},
    "ol": {"start", "reversed", "type"},
    "li": {"value"},
    "time": {"datetime"},
    "details": {"open"},
    "del": {"datetime"},
    "ins": {"datetime"},
    "input": {"type", "checked", "disabled", "name"},
    "label": {"for"},
    "div": {"data-tabs", "tabindex"},
}
SCHEMES = {"http", "https", "mailto", "tel"}
# Ids that the theme's own script looks for could be taken over; those of tabs and footnotes are Markdown's.
OWN_IDS = re.compile(r"__tabbed_\d+(?:_\d+)?|__(?:code|span)[-_\d\w]*|(?!__)[\w\-:.()~%!*'+,;=@ぁ-んァ-ヶ一-龠々ー]+")
ABSOLUTE = re.compile(r"^\s*(?:[a-z][a-z0-9+.-]*:|//|\\)", re.IGNORECASE)


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Give the value that an attribute may keep, or None."""
    if name in ("id", "for", "name"):
        return value if OWN_IDS.fullmatch(value) else None
    if name == "class":
        return " ".join(word for word in value.split() if not word.startswith("md-") or word.startswith("md-button"))
    if name == "tabindex":
        return "0" if value == "0" else None  # what scrolls is reached with the keyboard; nothing jumps the queue
    if tag == "img" and name == "src":
        return None if ABSOLUTE.match(value) else value
    if tag == "input" and name == "type":
        return value if value in ("radio", "checkbox") else "checkbox"
    if name == "href":
        return None if value.strip().startswith(("//", "\\")) else value
    return value


def sanitise(html: str) -> str:
    """Give the HTML with nothing active in it: no script, handler, frame, form, style or foreign image."""
    return nh3.clean(
        html,
        tags=TEXT,
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes=SCHEMES,
        link_rel=None,
        filter_style_properties={"text-align"},
        strip_comments=True,
        clean_content_tags={"script", "style", "template", "noscript", "iframe", "object", "svg", "math"},
    )
