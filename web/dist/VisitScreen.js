import{G as e,o as c,c as r}from"./vue.js";const t={};function n(o,s){return c(),r("div")}const _=e(t,[["render",n]]);export{_ as default};
