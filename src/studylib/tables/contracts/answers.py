"""Tables of a survey and of the claims published after it."""

from studylib.tables.contract import Contract, contract

OF_ANSWERS: tuple[Contract, ...] = (
    contract(
        "respondents",
        "one row per respondent of the survey that is used",
        "respondent_id",
        "respondent_id : text : a running number, by no name of the export",
        "territory : label : territory of the study",
        "is_complete : flag : the submission was finished",
        "is_answered : flag : the question was answered; false is item non-response",
        "n_chosen : integer : domains the respondent chose",
    ),
    contract(
        "answers",
        "one row per respondent and domain of interest",
        "respondent_id domain",
        "respondent_id : text : see respondents",
        "domain : label : domain of interest : innovation|good_practice|internationalisation|training|other",
        "is_chosen? : flag : chosen or not; missing where the answer is not known",
    ),
    contract(
        "survey_texts",
        "one row per text a respondent wrote; carried along, never interpreted",
        "respondent_id column text",
        "respondent_id : text : see respondents",
        "column : label : of the export",
        "text : text : as written, e-mail addresses hidden",
    ),
    contract(
        "survey_notes",
        "one row per column, label, territory, row or sheet of the survey that was not used",
        "kind value what",
        "kind : label : what it is : column|label|territory|row|sheet",
        "value : text : as it stands in the export or the codebook",
        "n : integer : how often it stands there",
        "what : label : what became of it",
    ),
    contract(
        "claims",
        "one row per claim of a public text",
        "claim_id",
        "claim_id : text : short name of the claim",
        "position : integer : place in the text, from 1",
        "kind : label : what is claimed : share|count|statement",
        "topic : label : part of the study : survey|patents|collaboration|cooperation",
        "territory? : label : territory of the study; missing where the claim is on all",
        "domain? : label : domain of interest of a share of the survey",
        "value? : number : as printed, shares in 0..1",
        "digits : integer : decimals printed, of a percentage for shares",
        "counted? : text : what a count counts, as far as its text says, as key=value separated by ;",
        "test? : label : how a statement is tested; see studylib.survey.verdicts",
        "language : label : of the wording, two letters",
        "wording : text : quoted",
        "citation : text : where it stands",
    ),
)
