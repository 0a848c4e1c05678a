"""What the arrivals of one cell say about the client's choice."""

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
    credentials = ""
    if each.credentials is not None:
        user, colon, password = each.credentials.partition(":")
        credentials = f"{quote(user, safe='')}{colon}{quote(password, safe='')}@"
    return f"{scheme}://{credentials}{each.address}:{each.port}"


def without_credentials(text):
    scheme, _, rest = text.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"
