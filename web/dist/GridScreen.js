import{G as e,o as c,c as r}from"./vue.js";const n={};function o(t,s){return c(),r("div")}const _=e(n,[["render",o]]);export{_ as default};
