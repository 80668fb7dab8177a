use crate::CheckedKind::Comparison;
use crate::rules::shares::tests::shown;

#[test]
fn comparisons() {
    let check = |text: &str, expect: &str| {
        assert_eq!(shown(text, &[Comparison], &["N3"]), expect, "{text}");
    };
    check("人均补助312.4元，高于省里规定的312元。", "312.4=312");
    check("人均补助310元，高于省里规定的312元。", "!310=312→312 N301");
    check("网办率96%，高于全市目标的90%。", "96=90");
    check("平均用时6个工作日，少于法定的20个工作日。", "6=20");
    check(
        "平均用时26个工作日，低于法定的20个工作日。",
        "!26=20→20 N301",
    );
    check("组织培训4次，不少于规定的4次。", "4=4");
    check("公开信息560条，超过目标任务500条。", "560=500");
    check("公开信息460条，超过目标任务500条。", "!460=500→500 N301");
    // A difference, another measure, or nothing to compare with.
    check("收到申请12件，少于上年3件。", "");
    check("满意率95%，低于全市平均2%。", "");
    check("满意率95%，高于全市平均2.3个百分点。", "");
    check("培训3次，超过200人参加。", "");
    check("公开信息超过300条，其中公告不少于50条。", "");
    check("全年培训不少于2次，每次不少于3小时。", "");
    check("办结50件。高于规定的60件。", "");
    // Households and people.
    check(
        "新增保障对象120户156人，取消30户28人。",
        "156=120 !28=30→30 N302",
    );
    check("救助困难群众45户，发放物资20人。", "");
    check("走访农户300户、党员20人。", "");
}
