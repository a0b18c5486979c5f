import{ak as e,o as c,c as o}from"./vue.js";const r={};function n(t,a){return c(),o("div")}const _=e(r,[["render",n]]);export{_ as default};
