/** The colours of our pages as variables, given once for light and once for dark. */
export const palette = `:root{color-scheme:light dark;
--paper:#fff;--card:#f6f7f9;--line:#d5dae1;--ink:#1b2330;--soft:#596579;--accent:#1257b0;
--pass:#166f41;--pass-b:#dcf3e6;--fail:#b3261e;--fail-b:#fbdedb;--warn:#8a5a00;--warn-b:#fdeec6;--info:#1257b0;--info-b:#dce9fb;
--skip:#5d6675;--skip-b:#e9ebef;--blocked:#6f3fa0;--blocked-b:#eee2f8;--error:#fff;--error-b:#7a1712;
--wait:#e9a23b;--wait-b:#fbe7c4;--held:#7aa7d9;--tunnel:#8fb7a5;--evidence:#fff3c4}
@media (prefers-color-scheme:dark){:root{
--paper:#12161d;--card:#1a2029;--line:#343d4b;--ink:#e6eaf0;--soft:#9aa6b8;--accent:#84b6f8;
--pass:#6fd8a0;--pass-b:#14382a;--fail:#ff9a91;--fail-b:#4a1c1a;--warn:#f3c567;--warn-b:#40310f;--info:#8fbcf9;--info-b:#17304f;
--skip:#a7b0be;--skip-b:#2a313c;--blocked:#cfa6f3;--blocked-b:#36224b;--error:#2b0806;--error-b:#ff9a91;
--wait:#c98a2c;--wait-b:#4b3a1b;--held:#4d7cb3;--tunnel:#3f7a61;--evidence:#3b3313}}
`;
