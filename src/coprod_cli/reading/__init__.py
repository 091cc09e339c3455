"""Files go in; a Survey, a Framework, a mapping or a table of answers comes out. Only this room opens files to read."""

from coprod_cli.reading.answers_file import AnswerRow, AnswersFile, read_answers
from coprod_cli.reading.coded_file import read_coded
from coprod_cli.reading.codes_for_survey import CODES, CODING_SHEET, REVIEW, find_codes
from coprod_cli.reading.codings import read_codes, read_codings, read_people
from coprod_cli.reading.details_file import fit_details, read_details
from coprod_cli.reading.details_text import write_details
from coprod_cli.reading.findings_file import read_findings, read_manifest, read_own_framework
from coprod_cli.reading.formats import FORMATS
from coprod_cli.reading.framework_file import read_framework
from coprod_cli.reading.governance_file import read_governance
from coprod_cli.reading.governance_fit import fit_as_listed, fit_governance
from coprod_cli.reading.governance_text import write_governance
from coprod_cli.reading.mapping import SurveyMapping, read_mapping
from coprod_cli.reading.mapping_text import write_mapping
from coprod_cli.reading.model_file import read_model
from coprod_cli.reading.quotes_file import read_quotes
from coprod_cli.reading.release import read_release
from coprod_cli.reading.results_file import read_results, take_results
from coprod_cli.reading.review_file import read_review
from coprod_cli.reading.rewriting import Change, Rewritten, rewrite_survey
from coprod_cli.reading.survey_file import read_survey, require_questions
from coprod_cli.reading.targets_file import TargetsFile, read_targets

__all__ = [
    "CODES",
    "CODING_SHEET",
    "FORMATS",
    "REVIEW",
    "AnswerRow",
    "AnswersFile",
    "Change",
    "Rewritten",
    "SurveyMapping",
    "TargetsFile",
    "find_codes",
    "fit_as_listed",
    "fit_details",
    "fit_governance",
    "read_answers",
    "read_coded",
    "read_codes",
    "read_codings",
    "read_details",
    "read_findings",
    "read_framework",
    "read_governance",
    "read_manifest",
    "read_mapping",
    "read_model",
    "read_own_framework",
    "read_people",
    "read_quotes",
    "read_release",
    "read_results",
    "read_review",
    "read_survey",
    "read_targets",
    "require_questions",
    "rewrite_survey",
    "take_results",
    "write_details",
    "write_governance",
    "write_mapping",
]
