Feature: The loop closes where it began
  domain.md 3.2, steps 1 to 12, and 3.8: the same table, told in English

  @law-1 @law-4 @law-8 @law-10
  Scenario: From a first word to the resident's own
    When Resident does “Receive”: Text “No heating in Building 3, call me at 13900000421”
    Then the state is “Received”
    And the resident does not read “13900000421”
    When Hotline agent does “Register”
    And Hotline agent does “Queue for dispatch”
    Then the state is “To dispatch”
    When Dispatcher does “Dispatch”: Lead unit “Qingyuan Subdistrict”, Due “in 5 days”, Legal basis “duty list”, Reason “by the catalogue”
    Then the state is “To accept”
    And Heyan handler does not see the case
    When Qingyuan handler does “Accept”
    And Qingyuan handler does “First contact”
    And Qingyuan handler does “Reply for approval”
    And Qingyuan leader does “Approve”
    Then the due date stands
    When Resident does “Evaluate”: Is it solved? “yes”, Satisfied? “Satisfied”
    Then “Archive” follows at once
    And the state is “Archived”
    And “solved” is recorded as “yes”

  @law-10
  Scenario: Unsolved goes back, with a new date
    Given a case in “To call back”
    When Callback caller does “Evaluate”: Is it solved? “no”, Satisfied? “Not satisfied”
    Then “Back to the unit” follows at once
    And the state is “In progress”
    And rounds is 2
    And the due date moved

  @law-3
  Scenario: Three callers, one cause
    Given a case in “In progress”, called “first”
    And a case in “Registered”, called “second”
    When Dispatcher does “Merge”: Parent case “first”, Lead unit “Qingyuan Subdistrict”
    Then the state is “Merged”
    When Reviewer does “Take apart again”
    Then the state is “To dispatch”

  @law-5
  Scenario: The clock does not stop for an objection
    Given a case in “To accept”
    When Qingyuan handler does “Object”: Reason “not our pipe”, Legal basis “duty list”
    Then objections is 1
    And the due date stands
    When Reviewer does “Uphold: dispatch anew”: Lead unit “Heyan Subdistrict”
    Then the lead is “Heyan Subdistrict”
    And the due date stands
    When Heyan handler does “Object”
    And Reviewer tries “Refuse: must handle”
    Then it is refused: “needs a joint ruling”
    When Reviewer does “Joint ruling”: Lead unit “Qingyuan Subdistrict”
    Then the state is “In progress”
    And objections is 2

  @law-6
  Scenario: Whoever asks does not decide
    Given a case in “In progress”
    When Qingyuan leader does “Ask for an extension”: Until “in 9 days”
    And Qingyuan leader tries “Grant the extension”: Due “in 9 days”
    Then it is refused: “Whoever asked cannot decide”
    When Reviewer does “Grant the extension”: Due “in 9 days”
    Then the due date moved
    And extensions is 1

  @law-11
  Scenario: What is confidential stays so
    Given a confidential case in “In progress”
    Then the page of Qingyuan handler does not show “13900000421”
    And the page of Qingyuan handler does not show “张三丰”
    And the resident does not read “13900000421”

  @law-12
  Scenario: It came back, so it was not solved
    Given a case in “Archived”
    When Supervisor does “Reopen: it came back”: Due “in 3 days”
    Then the state is “In progress”
    And rebounds is 1

  @law-10
  Scenario: The handling unit never judges its own work
    Given a case in “To call back”
    When Qingyuan leader tries “Evaluate”
    Then it is refused: “cannot check or call back its own case”

  Scenario Outline: Nobody does another's work
    Given a case in “<state>”
    When <who> tries “<move>”
    Then it is refused for the role

    Examples:
      | state         | move               | who              |
      | Received      | Register           | Supervisor       |
      | To dispatch   | Dispatch           | Callback caller  |
      | To accept     | Object             | Dispatcher       |
      | In progress   | Whistle            | Qingyuan handler |
      | In progress   | Reply for approval | Heyan handler    |
      | To approve    | Approve            | Qingyuan handler |
      | To call back  | Evaluate           | Reviewer         |
      | Archived      | Appeal             | Reviewer         |
