import{am as e,o as c,c as r}from"./vue.js";const o={};function n(t,a){return c(),r("div")}const _=e(o,[["render",n]]);export{_ as default};
