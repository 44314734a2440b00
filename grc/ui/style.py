"""The style sheet of the app (ui.md §9): constants of ours alone, no word of a record."""

CSS = """
.stMainBlockContainer{max-width:84rem}
.stApp table,.stMetric,.stApp input{font-variant-numeric:tabular-nums}
.stApp :is(a,button,input,textarea,summary):focus-visible{outline:3px solid #000!important;outline-offset:2px;box-shadow:0 0 0 2px #ffd43d!important}
[data-testid="stCaptionContainer"]{opacity:1!important}
[data-testid="stCaptionContainer"] p{color:#4d4d4d}
[data-testid="stTextInputRootElement"],[data-testid="stTextAreaRootElement"],[data-testid="stDateInputField"],.stSelectbox [role="group"],.stMultiSelect [role="group"]{background:#fff!important;border-color:#949494!important}
.stApp button kbd{color:inherit!important;opacity:1!important}
.stMainBlockContainer{padding:3.25rem 2.5rem 4rem}
.stApp [data-testid="stHeader"]{height:2.75rem;min-height:0}
.stApp :is(h1,h2,h3,p,a){overflow-wrap:anywhere}
.stApp :is(td,th,td *){overflow-wrap:break-word}
[class*="st-key-read"] :is(td,th):not(:first-child),[class*="st-key-num"] :is(td,th):not(:first-child){min-width:5.5em}
[class*="st-key-read"] td:first-child,[class*="st-key-num"] td:first-child{min-width:7.5em}
[class*="st-key-next"]{border-left:5px solid #0055ad!important;background:color-mix(in srgb,#0066be 7%,transparent)}
[class*="st-key-late"]{border-left:5px solid #ce0000!important;background:color-mix(in srgb,#ce0000 4%,transparent)}
[class*="st-key-wait"]{border-left:5px solid #949494!important;background:#f4f6f8}
[class*="st-key-fields"] td:first-child{width:11.5rem;background:#f4f6f8;font-weight:700;color:#4d4d4d}
[class*="st-key-line"]{border-left:2px solid #cfd6dd;padding-left:1rem}
[class*="st-key-crumbs"]{gap:.25rem .5rem!important;margin-bottom:-.75rem}
[class*="st-key-crumbs"] p{font-size:.87rem}
[class*="st-key-crumbs"] :is(a,button){padding:0!important;margin:0!important;min-height:0!important}
[class*="st-key-crumbs"] .stElementContainer{min-width:0;margin:0!important}
[class*="st-key-row_"]{border-bottom:1px solid #cfd6dd;padding:0 0 .3rem;margin-bottom:-.4rem;gap:.25rem .75rem!important}
[class*="st-key-row_task"]>.stElementContainer:first-child{min-width:5.5rem}
[class*="st-key-row_"] .stElementContainer{min-width:0;margin:0!important}
[class*="st-key-row_"] :is(.stPageLink,.stPageLink a){margin-top:0;margin-bottom:0}
[class*="st-key-factlink"]{border-bottom:1px solid #cfd6dd;flex-wrap:nowrap!important;align-items:stretch}
[class*="st-key-factlink"] .stElementContainer{margin:0!important;min-width:0}
[class*="st-key-factlink"] .stElementContainer:first-child{width:11.5rem;flex:none;background:#f4f6f8}
[class*="st-key-factlink"] .stElementContainer:first-child p{font-size:.875rem;line-height:1.4;padding:.35rem;font-weight:700;color:#4d4d4d}
[class*="st-key-factlink"] .stElementContainer:last-child{padding:0 .75rem;align-self:center}
[class*="st-key-here"] button{padding:.1rem 0!important;min-height:0!important;background:none!important}
[class*="st-key-here"] button :is(div,span,p){overflow:visible!important;text-overflow:clip!important;white-space:normal!important;text-align:left}
[class*="st-key-here"] button p{color:#0055ad;text-decoration:underline;text-underline-offset:.15em;font-weight:400!important}
.stPageLink a{padding:.1rem 0!important;margin-left:0;margin-right:0;background:none!important}
.stPageLink a :is(span,div,p){overflow:visible!important;text-overflow:clip!important;white-space:normal!important;font-weight:400!important}
.stPageLink a p{color:#0055ad;text-decoration:underline;text-underline-offset:.15em}
[class*="st-key-card_"] .stPageLink p{font-size:1rem}
[class*="st-key-card_"] .stPageLink a{margin-top:0;margin-bottom:0}
[class*="st-key-card_"] [data-testid="stMarkdownContainer"] strong{font-size:1.7rem;line-height:1.3}
[class*="st-key-seal_"]{border:1px solid #949494;border-radius:0!important;padding:0!important;min-height:6.6rem;text-align:center}
[class*="st-key-seal_"] [data-testid="stCaptionContainer"]{border-bottom:1px solid #949494;width:100%;padding:.2rem 0;margin:0!important}
[class*="st-key-seal_"] [data-testid="stCaptionContainer"] p{margin:0}
[class*="st-key-seal_"] .stMarkdown p{font-size:.8rem;line-height:1.25}
[class*="st-key-seal_done"] [class*="st-key-stamp"]{border:2px solid #ce0000;border-radius:50%;color:#a90000;font-weight:700}
[class*="st-key-seal_wait"] [class*="st-key-stamp"]{border:2px dashed #949494;border-radius:50%;color:#4d4d4d}
[class*="st-key-stamp"]{width:4.4rem!important;height:4.4rem!important;min-height:4.4rem;flex:none!important;margin:.1rem auto .5rem;justify-content:center}
[class*="st-key-step_"]{border-top:4px solid #cfd6dd;padding-top:.4rem;min-width:8rem}
[class*="st-key-step_done"]{border-top-color:#197a4b}
[class*="st-key-step_now"]{border-top-color:#0055ad}
[class*="st-key-step_fault"]{border-top-color:#ce0000}
[class*="st-key-num2"] td:nth-child(2),[class*="st-key-num2"] th:nth-child(2){text-align:right!important}
[class*="st-key-num3"] td:nth-child(3),[class*="st-key-num3"] th:nth-child(3){text-align:right!important}
[class*="st-key-num4"] td:nth-child(4),[class*="st-key-num4"] th:nth-child(4){text-align:right!important}
[class*="st-key-fault_"] :is([data-testid="stTextInputRootElement"],[data-testid="stTextAreaRootElement"],[role="group"]){border:2px solid #ce0000!important}
[class*="st-key-figures1"] :is(td,th):nth-child(n+2),[class*="st-key-figures2"] :is(td,th):nth-child(n+3){text-align:right!important;min-width:4em!important}
.stTable,[data-testid="stTable"]{overflow-x:auto}
@media (max-width:40rem){
  .stMainBlockContainer{padding-left:1rem;padding-right:1rem}
  [class*="st-key-fields"] td{display:block;width:auto!important;border-bottom:0}
  [class*="st-key-fields"] td:first-child{width:auto!important}
  [class*="st-key-factlink"]{flex-wrap:wrap!important}
  [class*="st-key-factlink"] .stElementContainer:first-child{width:100%}
}
@media (prefers-reduced-motion:reduce){.stApp *{transition:none!important;animation:none!important}}
[class*="st-key-chart_"]{break-inside:avoid}
[data-testid="stElementToolbarButton"]:has(button:is([aria-label^="Show data"],[aria-label^="Copy Vega"])){display:none}
@media print{[class*="st-key-chart_"] details:not([open]){display:none!important}}
@media print{[data-testid="stSidebar"],[data-testid="stHeader"],.stButton,[class*="st-key-noprint"]{display:none!important}.stMainBlockContainer{max-width:none;padding:0}}
"""
