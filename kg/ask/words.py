"""The words that questions are made of, apart from names."""

from __future__ import annotations

TARGET_NOUNS = {
    "paper": "papers? articles? works? stud(?:y|ies) publications? preprints? abstracts?",
    "method": "methods? models? approach(?:es)? algorithms? techniques? architectures? systems?",
    "dataset": "datasets? benchmarks? corpus corpora",
    "metric": "metrics?",
    "task": "tasks?",
    "claim": "claims? results? numbers? findings? scores? values? measurements?",
}
"""Target → its nouns, as regular expressions parted by spaces."""

IGNORED = frozenset(
    """a an the this that these those which what who whom whose is are was were be been being do does did have has had
    it its their they them there here of on in at to for with by from using via as and also both any all some every
    each please me us i we you can could would should will may might about regarding concerning against over within
    show list give find tell get display print fetch return search see want know need looking look let
    report reports reported reporting state states stated stating give gives gave given mention mentions mentioned
    mentioning use uses used utilize utilizes utilise utilises employ employs employed employing apply applies applied
    applying evaluate evaluates evaluated evaluating evaluation evaluations test tests tested testing benchmarked
    benchmarking experiment experiments experimented measure measures measured measuring address addresses addressed
    addressing tackle tackles tackled tackling work works worked working deal deals dealing consider considers
    achieve achieves achieved achieving reach reaches reached reaching obtain obtains obtained obtaining attain attains
    attained attaining get gets got getting score scores scored scoring perform performs performed performing
    performance claim claims claimed claiming make makes made discuss discusses discussing study studies studied
    studying run runs cover covers covering focus focuses focusing involve involves involving contain contains
    containing exist exists available known our database graph collection corpus literature terms value values number
    numbers result results evidence quote quotes proof source sources out so far ever anyone anybody someone somebody
    anything something everything together along alongside combination jointly published appeared appear appears seen up""".split()
)
"""Words that add nothing to what the rules took, or stand for what follows from the types of the names."""

SUBJECTS = frozenset(
    """work works worked test tests tested testing evaluation evaluations evaluate evaluating benchmarking experiment
    experiments measure measures measuring performance study studies score scores number numbers value values search
    evidence proof source sources result results claims statement terms applying reporting quote quotes""".split()
)
"""Ignored words that are a subject of their own after "about" or "on": "papers about testing"."""

GRAMMAR = IGNORED | frozenset(
    """not no without excluding except never only don't doesn't didn't or nor either neither than then but more most
    less least fewer fewest few large small high low big greater larger smaller higher lower above below under beyond between exceeding best highest
    lowest largest smallest biggest greatest top worst fastest slowest how many much number count compare compared comparing
    comparison comparisons versus vs relative baseline baselines beat beats beating beaten where when why wrote written fast accurate popularity outperform outperforms
    outperforming outperformed surpass surpasses surpassing surpassed improve improves improved improving better worse
    faster slower improvement improvements gain gains increase increases increased reduction reductions decrease
    decreases decreased drop drops reduce reduces reduced reducing since before after until during year years month
    latest newest recent recently oldest earliest first last new novel introduce introduces introduced introducing
    propose proposes proposed proposing present presents presented presenting release releases released releasing
    create creates created creating invent invented author authors people written single like similar resembling
    related trend trends time progress evolution history change changed evolved together along combination alongside
    popular common commonly frequent frequently often sota state-of-the-art leading maximum minimum max min at exactly
    per with using on paper papers art article articles publications publication preprints preprint abstracts abstract
    method methods model models approach approaches algorithm algorithms technique techniques architecture
    architectures system systems dataset datasets benchmark benchmarks corpora metric metrics task tasks findings
    finding measurements measurement measure of the claim claims code codes leaderboard leaderboards ranking rankings
    table older newer came come coming cut cuts cutting saves save saved shrink shrinks shrinking boost boosts boosted
    boosting just researchers""".split()
)
"""Words that are never a name by themselves."""

CONTRACTIONS = {
    "what's": "what is", "who's": "who is", "where's": "where is", "it's": "it is", "don't": "do not",
    "doesn't": "does not", "didn't": "did not", "isn't": "is not", "aren't": "are not", "wasn't": "was not",
    "haven't": "have not", "hasn't": "has not", "sota": "best", "state-of-the-art": "best", "vs": "versus",
    "vs.": "versus", "&": "and", "w/": "with", "w/o": "without",
    "whats": "what is", "whos": "who is", "wheres": "where is", "hows": "how is", "dont": "do not", "doesnt": "does not",
    "didnt": "did not", "isnt": "is not", "arent": "are not", "havent": "have not", "hasnt": "has not",
}  # fmt: skip
"""Short for what the rules read."""

NAME_PARTS = frozenset("code search architecture evidence time".split())
"""Words of grammar that make a name with another such word: "code search", "search time"."""

METRIC_SENSES = {"compression": ("compression ratio", "compression")}
"""Names of tasks that, where a number is asked for, mean a metric: the metric's names, the likeliest first."""

NUMBER_WORDS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twenty": 20,
}  # fmt: skip

MONTHS = {
    name: number
    for number, names in enumerate(
        "january jan,february feb,march mar,april apr,may,june jun,july jul,august aug,september sep sept,"
        "october oct,november nov,december dec".split(","),
        start=1,
    )
    for name in names.split()
}

SPEED_METRICS = (
    "speed-up", "speedup", "latency", "inference latency", "throughput", "inference time", "inference speed", "runtime",
    "training time", "training speed", "FPS", "frames per second", "speed", "running time", "wall-clock time",
)  # fmt: skip
"""Names of metrics that say how fast something is."""
