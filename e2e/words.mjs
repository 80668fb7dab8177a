// Every address, label and button that the browser checks rely on, in one place.
// Fields are found by the label a person reads and buttons by their name: a page that changes a
// word changes it here, and a page that loses a label fails.

export const PAGES = {
  home: "/",
  documents: "/documents",
  search: "/search?q=预算",
  requestForm: "/requests/new",
  tracking: "/requests/track",
  check: "/check",
  rules: "/check/rules",
  signIn: "/office/sign-in",
  work: "/office",
};

// Sample accounts of the demo, printed by `gongkai demo`.
export const CLERK = { account: "minzheng", password: "Gongkai-2026" };

export const REQUEST_FORM = {
  unit: /^机关/,
  // The unit of the clerk below.
  asked: /县民政局$/,
  subject: /^信息的名称/,
  form: /^电子文件/,
  name: /^姓名/,
  idNumber: /^证件号码/,
  phone: /^电话/,
  email: /^邮箱/,
  submit: "提交申请",
};

export const RECEIPT = {
  // The address of the receipt or tracking page that follows shows both.
  number: /申请\s*([0-9]{4}-[0-9]{2,})/,
  code: ".receipt-code",
};

export const TRACKING_FORM = { number: /^编号/, code: /^查询码/, submit: "查询" };

export const SIGN_IN_FORM = { account: /^账号/, password: /^密码/, submit: "登录" };

export const OFFICE = {
  reply: /^写答复/,
  signOut: "退出",
  // The page of one request begins so; the number is found on "my work" or in the list.
  requests: "/office/requests",
};

export const REPLY_FORM = {
  outcome: /^(办理结果|答复结果|结果)/,
  granted: "予以公开",
  text: /^(答复内容|答复说明|答复正文)/,
  submit: /^(记录答复|作出答复|提交答复|答复)$/,
  // Where a page asks once more before it sends.
  confirm: /^确认/,
};

export const CHECK_FORM = { file: /^报告文件/, submit: "校验" };

export const CHECKED = { wrong: /有 \d+ 处错误/, page: "校验结果网页", data: /^数据/ };

export const TRACKED = { replied: /已答复|予以公开/ };

// What is looked at in pictures and by axe: the pages anyone may open, then the clerk's.
export const SHOTS = {
  public: [
    ["home", PAGES.home],
    ["documents", PAGES.documents],
    ["document", { from: PAGES.documents, first: "/documents/" }],
    ["search", PAGES.search],
    ["request-form", PAGES.requestForm],
    ["tracking", PAGES.tracking],
    ["check", PAGES.check],
    ["units", "/units"],
    ["unit", { from: "/units", first: "/units/" }],
    ["reports", "/reports"],
    ["report", { from: "/reports", first: "/reports/" }],
    ["rules", PAGES.rules],
    ["rule", { from: PAGES.rules, first: "/check/rules/" }],
    ["data", "/open-data"],
    ["accessibility", "/accessibility"],
    ["map", "/sitemap"],
    ["sign-in", PAGES.signIn],
  ],
  office: [
    ["work", PAGES.work],
    ["requests", OFFICE.requests],
    ["request", { from: OFFICE.requests, first: "/office/requests/" }],
    ["request-new", "/office/requests/new"],
    ["office-documents", "/office/documents"],
    ["office-document", { from: "/office/documents", first: "/office/documents/" }],
    ["office-document-new", "/office/documents/new"],
    ["cases", "/office/cases"],
    ["registers", "/office/registers"],
    ["decisions", "/office/registers/decisions"],
    ["decision", { from: "/office/registers/decisions", first: "/office/registers/decisions/" }],
    ["figures", "/office/figures"],
    ["office-reports", "/office/reports"],
    ["calendar", "/office/calendar"],
  ],
};
