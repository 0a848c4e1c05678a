"""What the arrivals of one cell say about the client's choice."""

import re
from urllib.parse import quote


def answer(url, arrivals, complaint):
    """The choice as text: `direct`, the proxy's URL as it was used, or `error: WHY`; several are joined by ` then `."""
    said = []
    for each in arrivals:
        text = named(each) if each.at_proxy else "direct"
        if each.at_proxy and each.how == "connect" and url.startswith("http:"):
            text += " by CONNECT"
        # First asked without credentials, then with them: the same choice.
        said = [other for other in said if without_credentials(text) != other]
        if text not in said:
            said.append(text)
    return " then ".join(said) if said else f"error: {complaint or 'nobody was asked'}"


def of_scheme(url, arrivals):
    """dockerd asks an insecure registry by https first, then by http: what belongs to the URL's own scheme."""
    if url.startswith("https:"):
        return [each for each in arrivals if each.how != "request"]
    return [each for each in arrivals if each.how == "request" or (each.how == "tls" and each.at_proxy)]


def named(each):
    scheme = "https" if each.how == "tls" else "http"
    return f"{scheme}://{each.address}:{each.port}{credentials(each)}"


def credentials(each):
    """Not before an @, where they would be taken for a secret wherever they are written down."""
    if each.credentials is None:
        return ""
    user, colon, password = each.credentials.partition(":")
    return f" as {quote(user, safe='')}{colon}{quote(password, safe='')}"


def without_credentials(text):
    return re.sub(r" as \S+", "", text)
