"""Every promise of the README's "What it keeps, and how" has a test; a sentence without one does not pass."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from dev2cto.labs import supervised_run

ROOT = Path(__file__).parent.parent
COURSES = "tests/cli/test_course_records.py::"
ARCHIVES = "tests/record/backup/test_damaged_archives.py::"
SCRIPTS = "tests/study/test_scripts.py::"
CONFINED = "tests/labs/test_confinement.py::"
RUNNER = "tests/labs/test_runner.py::"
TRUST = "tests/labs/test_trust.py::"
OUTPUT = "tests/cli/test_terminal_output.py::"
DAMAGED = "tests/study/test_damaged_record.py::"
CLOCKS = "tests/study/test_wrong_clocks.py::"

PROMISES: dict[str, tuple[str, ...]] = {
    "in the data directory of your system": (
        "tests/test_paths.py::test_the_record_lies_in_the_data_directory_of_the_system",
    ),
    "`dev2cto where` says where": ("tests/cli/commands/test_reading.py::test_where",),
    "readable by you alone": ("tests/record/test_layout.py::test_everything_is_private_under_any_umask",),
    "It is TinyDB": ("tests/record/test_tinydb.py::test_the_record_is_a_tinydb",),
    "append-only journals": ("tests/record/test_record.py::test_a_batch_is_one_line_and_all_or_nothing",),
    "an answer is on the disk before you see the verdict": (
        "tests/record/test_faults.py::test_every_commit_is_synced_before_it_is_acknowledged",
        "tests/study/sessions/test_grading.py::test_an_answer_with_all_that_belongs_to_it_is_one_line_on_disk",
        "tests/study/sessions/test_grading.py::test_an_answer_that_could_not_be_saved_was_not_given",
    ),
    "unfinished text is saved within three seconds": (
        "tests/record/journal/test_live.py::test_steady_typing_loses_three_seconds_at_most",
        "tests/tui/test_autosave.py::test_a_long_paste_does_not_put_saving_off",
    ),
    "at once when the line drops": ("tests/tui/test_terminal_drops.py::test_a_dropped_line_loses_nothing",),
    "offers to continue there, to work side by side, or to read only": (
        "tests/tui/screens/test_sessions.py::test_it_says_who_is_there_and_what_can_be_done",
        "tests/tui/screens/test_sessions.py::test_side_by_side_both_write",
        "tests/tui/screens/test_sessions.py::test_read_only_saves_nothing_and_says_so",
        "tests/record/test_sessions.py::test_continue_here_takes_over_and_brings_everything",
    ),
    "A damaged file is kept aside": (
        DAMAGED + "test_a_damaged_file_is_kept_aside_and_restored_and_it_is_said_once",
        "tests/record/recovery/test_damage.py::test_what_is_gone_from_a_closed_journal_comes_back_from_its_backups",
    ),
    "What is on no disk any more is lost": (
        DAMAGED + "test_of_a_record_cut_in_half_with_its_backups_gone_the_rest_is_read_and_the_loss_said",
        DAMAGED + "test_where_nothing_remembers_what_is_gone_nothing_is_claimed",
    ),
    "`dev2cto doctor` lists the damage of every file": (
        "tests/cli/test_damage.py::test_damage_of_another_machine_is_listed_at_every_call",
        "tests/cli/test_damage.py::test_a_cut_end_may_have_cost_more_than_can_be_counted",
    ),
    "decided by the order in the journals, not by clocks": (
        CLOCKS + "test_a_reset_while_the_clock_was_ahead_hides_nothing_that_came_after_it",
        CLOCKS + "test_a_session_a_year_ahead_stops_neither_reviews_nor_backups",
    ),
    "differ by more than a day": (CLOCKS + "test_clocks_that_differ_by_more_than_a_day_are_told_once",),
    "A value of the wrong shape": (
        "tests/study/test_odd_documents.py::test_the_program_starts_and_tells_of_them_once",
        "tests/record/test_shapes.py::test_it_is_set_aside_and_the_rest_of_its_line_is_used",
    ),
    "`dev2cto doctor` names its line, and `dev2cto doctor --repair` moves it out of the record after a backup": (
        "tests/cli/test_repair.py::test_doctor_lists_them_with_their_lines_and_repairs_the_record",
    ),
    "Each machine writes a file of its own": (
        "tests/record/test_merge.py::test_two_machines_that_merge_all_the_time_stay_small_and_equal",
    ),
    "joins two machines without loss": (
        "tests/record/test_merge.py::test_every_order_of_merging_gives_the_same",
        "tests/cli/commands/test_writing.py::test_merge_takes_archives_too",
        "tests/cli/commands/test_writing.py::test_merge_takes_in_another_machine_any_number_of_times",
        "tests/proofs/merge.py::main",
        "tests/record/test_faults.py::test_two_machines_that_merge_on_a_real_full_disk",
    ),
    "Your editor, your workspace and the courses you trust stay on the machine": (
        "tests/cli/test_acting_settings.py::test_no_archive_brings_an_editor_a_workspace_or_a_trust",
        "tests/cli/test_acting_settings.py::test_no_synced_file_brings_one",
        "tests/cli/test_acting_settings.py::test_what_is_set_here_is_kept_here",
    ),
    "An archive lists what it holds, with digests": (
        ARCHIVES + "test_no_bit_can_flip_and_no_byte_be_cut_in_silence",
        ARCHIVES + "test_what_does_not_agree_with_the_manifest_is_refused",
    ),
    "unless `--partial` asks for what is intact of it": (
        ARCHIVES + "test_a_cut_archive_says_what_is_missing_and_gives_the_rest_when_asked",
        "tests/cli/commands/test_writing.py::test_a_damaged_backup_is_refused_and_given_in_part_when_asked",
    ),
    "erased here only after a yes": (
        "tests/cli/commands/test_writing.py::"
        "test_what_was_erased_elsewhere_is_erased_here_only_after_a_yes_and_a_backup",
        "tests/cli/commands/test_writing.py::test_scripts_say_what_to_do_with_erasures",
    ),
    "home announces it and `dev2cto merge`, without a file, asks": (
        "tests/record/test_synced_erasures.py::test_nothing_is_hidden_or_erased_until_the_learner_agrees",
        "tests/cli/commands/test_writing.py::test_erasures_in_a_synced_folder_are_announced_and_taken_when_asked",
    ),
    "For another course than the shipped one, `--course DIR` goes with": (
        COURSES + "test_a_backup_is_of_one_course_and_is_called_so",
    ),
    "Tools that copy files do as well": ("tests/record/test_syncing.py::test_rsync_while_the_course_is_open",),
    "Tried, between a laptop and a server": (
        "tests/record/test_syncing.py::test_the_git_recipe_of_the_readme",
        "tests/record/test_syncing.py::test_the_rsync_recipe_of_the_readme",
        "tests/proofs/bucket.py::main",
    ),
    "taken in at the next start": ("tests/record/test_syncing.py::test_git_merges_without_conflicts",),
    "needs `--allow-unrelated-histories`": ("tests/record/test_syncing.py::test_the_git_recipe_of_the_readme",),
    "Your own scripts can query it": (SCRIPTS + "test_the_example_of_the_readme_runs",),
    "`open_record(FOLDER)` opens another record": (SCRIPTS + "test_reading_changes_nothing_on_the_disk",),
    "answers and other events are never changed or removed": (SCRIPTS + "test_what_happened_stays",),
    "sums and cards follow when the course is opened next": (
        SCRIPTS + "test_what_it_adds_counts_for_sums_and_cards",
    ),
    "`rows.py` and `live_rows.py` in `app/dev2cto/record` name all fields": (
        "tests/study/test_declared_fields.py::"
        "test_every_kind_of_session_writes_the_declared_fields_and_all_of_them",
    ),
    "Each course has a record of its own": (
        COURSES + "test_two_courses_with_the_same_ids_do_not_see_each_other",
        COURSES + "test_by_lines_courses_are_kept_apart",
        COURSES + "test_the_full_screen_keeps_courses_apart_and_says_it_too",
    ),
    "The shipped course is the one that came with the installation": (
        COURSES + "test_only_where_it_is_makes_a_course_the_shipped_one",
        COURSES + "test_a_course_elsewhere_that_calls_itself_dev2cto_has_its_own_record",
    ),
    "known by its id and the real path of its folder": (COURSES + "test_a_link_to_a_course_is_the_course",),
    "An update in place, or a link to the folder, keeps the record": (
        COURSES + "test_an_update_in_place_keeps_the_record",
        COURSES + "test_a_link_to_a_course_is_the_course",
    ),
    "Commands act on the record of the course": (
        COURSES + "test_commands_act_on_the_record_of_their_course_and_say_which",
    ),
    "moved, renamed or copied begins a new record and says so": (
        COURSES + "test_a_renamed_or_copied_course_begins_again_and_says_how_to_bring_the_answers",
        COURSES + "test_a_new_record_has_the_learners_settings_and_no_trust",
    ),
    "names the record of before, and the command that brings its answers along": (
        COURSES + "test_a_renamed_or_copied_course_begins_again_and_says_how_to_bring_the_answers",
    ),
    "The old record stays as it is": (
        COURSES + "test_a_renamed_or_copied_course_begins_again_and_says_how_to_bring_the_answers",
    ),
    "answers to other courses from before each had a record": (
        COURSES + "test_answers_from_before_courses_had_records_can_be_brought_along",
    ),
    "limits on time, memory, output, processes and disk": (
        RUNNER + "test_an_endless_loop_meets_the_time_limit",
        RUNNER + "test_memory_that_grows_is_stopped",
        RUNNER + "test_gigabytes_of_output_are_stopped_and_the_beginning_kept",
        RUNNER + "test_a_fork_bomb_is_stopped_and_none_of_it_is_left",
        CONFINED + "test_a_lab_that_fills_the_disk_is_stopped",
        "tests/test_readme_promises.py::test_the_limit_on_disk_is_the_one_that_is_named",
    ),
    "without your environment": (
        RUNNER + "test_nothing_of_our_environment_reaches_the_learners_code",
        CONFINED + "test_neither_the_supervisor_nor_its_guard_has_our_environment",
    ),
    "On Linux none of its processes survives a run": (
        RUNNER + "test_a_daemon_that_ignores_every_signal_is_ended",
        CONFINED + "test_no_orphan_is_left_after_the_supervisor_is_killed",
        CONFINED + "test_nothing_is_written_to_shared_memory_or_temporary_folders_of_all",
        CONFINED + "test_no_tcp_connection_is_opened_or_waited_for",
        CONFINED + "test_no_process_outside_is_signalled",
    ),
    "The limits are looked after ten times a second": (
        RUNNER + "test_the_limits_hold_where_only_ps_tells_of_processes",
        "tests/labs/test_supervisor.py::test_processes_are_followed_by_ps_where_the_kernel_does_not_list_them",
        "tests/labs/test_supervisor.py::test_the_kernel_bounds_what_grows_faster_than_anybody_looks",
    ),
    "run only after `dev2cto trust`": (
        "tests/tui/screens/exercises/test_codelab.py::test_the_labs_of_a_strangers_course_do_not_run_unasked",
        "tests/cli/commands/test_writing.py::test_trust_is_given_and_taken_back",
    ),
    "nothing is put into your workspace before": (
        "tests/tui/screens/exercises/test_codelab.py::test_the_labs_of_a_strangers_course_do_not_run_unasked",
    ),
    "every file that its code could use counts": (
        TRUST + "test_every_file_that_code_could_use_counts",
        TRUST + "test_the_copy_is_private_cannot_be_changed_by_mistake_and_goes_away",
        TRUST + "test_what_changes_after_the_check_does_not_run",
    ),
    "A changed byte ends the trust; improved texts do not": (
        TRUST + "test_every_file_that_code_could_use_counts",
        TRUST + "test_texts_do_not_count_and_are_not_there_for_code_to_read",
    ),
    "Hidden files, links and compiled code in an exercise are refused": (
        TRUST + "test_what_an_exercise_may_not_have_is_refused_by_its_name",
    ),
    "No escape sequence of a course, a record, an archive or a file name reaches your terminal": (
        OUTPUT + "test_no_command_prints_an_escape",
        OUTPUT + "test_there_is_one_door",
        OUTPUT + "test_json_keeps_what_it_may_not_print",
    ),
}  # fmt: skip
"""Words of the README, and where each promise with them is proved: a test, or the `main` of a proof."""
REMARKS = (
    "Copies of the record can be carried by what you have",
    "a guard against accidents, not a jail",
    "They can read what you can read, and send UDP",
    "On macOS nothing confines what they read, write and connect to",
)
"""Words of the sentences that promise nothing."""


@cache
def sentences() -> tuple[str, ...]:
    """The section's sentences, without its listings."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    section = readme.split("\n## What it keeps, and how\n")[1].split("\n## ")[0]
    prose = re.sub(r"(?ms)^```.*?^```$|^    .*?$", "", section)
    paragraphs = re.split(r"\n\s*\n|\n- ", prose)
    pieces = (re.split(r"(?<=\.) (?=[A-Z`(])", " ".join(paragraph.split())) for paragraph in paragraphs)
    return tuple(sentence for sentences in pieces for sentence in sentences if re.search(r"\w", sentence))


def test_every_sentence_is_a_promise_with_a_test_or_a_remark() -> None:
    known = (*PROMISES, *REMARKS)
    assert [sentence for sentence in sentences() if not any(words in sentence for words in known)] == []


@pytest.mark.parametrize("words", [*PROMISES, *REMARKS])
def test_what_has_a_test_is_promised(words: str) -> None:
    assert any(words in sentence for sentence in sentences())


@pytest.mark.parametrize("proof", sorted({proof for proofs in PROMISES.values() for proof in proofs}))
def test_the_test_of_a_promise_exists(proof: str) -> None:
    file, name = proof.split("::")
    assert re.search(rf"^(?:async )?def {name}\(", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)


def test_the_limit_on_disk_is_the_one_that_is_named() -> None:
    assert any(f"{supervised_run.DISK_MB} MB in the lab's folder" in sentence for sentence in sentences())
