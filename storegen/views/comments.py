"""Comments on the pages of guides and posts."""

from __future__ import annotations

from urllib.parse import quote

from storegen.model.article import Article
from storegen.model.comment import Comment
from storegen.views.cards import first_name, person_tag
from storegen.views.contexts.comments import CommentLine
from storegen.views.shop import Shop


def comments_of(shop: Shop, kind: str, name: str) -> tuple[CommentLine, ...]:
    """Return the comments on an article, the oldest first."""
    return tuple(_line(shop, each) for each in shop.store.comments.get(f"{kind}:{name}", ()))


def comment_form(shop: Shop, article: Article) -> str:
    """Return the address of the form for a comment on an article, empty without a form."""
    form = shop.form_href("comment")
    return f"{form}?product={quote(article.title)}" if form else ""


def _line(shop: Shop, comment: Comment) -> CommentLine:
    reply = comment.reply
    person = person_tag(shop, shop.content.people.get(reply.by)) if reply else None
    return CommentLine(
        text=comment.text,
        date=comment.date,
        name=comment.name,
        language=shop.text_language(comment if comment.language else shop.store.home),
        reply=reply.text if reply else "",
        reply_by=first_name(shop, reply.by) if reply else "",
        reply_href=person.href if person else "",
    )
