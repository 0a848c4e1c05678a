/** Names that gateways which open TLS give their authorities: of products, and what administrators call them. */
const GATEWAY =
  /zscaler|netskope|palo ?alto|forcepoint|websense|blue ?coat|symantec (?:web|cloud) |fortinet|fortigate|fortiproxy|cisco umbrella|ironport|mcafee|skyhigh|trellix|sophos|check ?point|barracuda|menlo security|iboss|cato networks|sangfor|untangle|smoothwall|contentkeeper|lightspeed|securly|mitmproxy|charles proxy|fiddler|burp|squid|gateway ca|web ?gateway|\bproxy\b|\bssl[- ]?(?:inspection|interception|bump|decrypt\w*)|\btls[- ]?(?:inspection|interception|decrypt\w*)|intercept|firewall|\butm\b|\bngfw\b/i;

/** Authorities that the stores of all distributions have. */
const PUBLIC =
  /let'?s encrypt|\bisrg\b|digicert|geotrust|thawte|rapidssl|verisign|sectigo|comodo|usertrust|globalsign|google trust|\bgts\b|amazon|starfield|go ?daddy|entrust|baltimore|cybertrust|identrust|quovadis|swisssign|ssl\.com|certum|unizeto|telekom security|t-telesec|d-trust|harica|actalis|certainly|buypass|zerossl|microsoft (?:azure|rsa|ecc)|cloudflare|trustwave|secom|twca|e-tugra|netlock|gdca|wotrus|trustasia|izenpe|camerfirma|accv|fnmt/i;

/** @param name a distinguished name, or a part of one */
export const isGatewayName = (name: string): boolean => GATEWAY.test(name);
/** @param name a distinguished name, or a part of one */
export const isPublicAuthority = (name: string): boolean => PUBLIC.test(name);
