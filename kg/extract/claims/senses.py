"""What words beside a number say: a change or a level, up or down, of something that is better when low or high."""

from __future__ import annotations

# The first six letters of words, by what they say: a change up, a change down, a level; a measure that is better when low, or high.
SENSE = {
    stem: sense
    for sense, stems in {
        "up": "improv increa gain gains higher faster more outper surpas exceed boost boosts boosti larger better speedu accele enhanc rise "
        "rises raise raises raisin greate beats beat doubl grew growth grow grows extra additi strong quicke longer",
        "down": "reduce reduct reduci decrea lower lowers loweri lowest fewer less smalle drop drops droppe degrad cheape save saves saving saved "
        "compre cut cuts cuttin shrink remove remova declin fall falls fell worse slower shorte reducti halve halvin halves prune weaker "
        "mitiga suffer lose loses losing",
        "level": "achiev reach reache reachi obtain attain yield yields score scores scorin only retain mainta preser recove rangin approa accoun "
        "stands remain totals runs run runnin with within at of",
        "low": "error errors latenc time memory cost costs params parame flops size energy loss losses perple overhe storag footpr tokens comput "
        "power bandwi traffi toxici regret hours macs fid wer rmse mae mse fpr",
        "high": "throug accura speed succes precis recall bleu rouge psnr ssim map miou auc auroc dice effici correl qualit robust perfor win "
        "covera pass fps f",
    }.items()
    for stem in stems.split()
}
