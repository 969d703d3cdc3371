using NSft.Data.Formats;
using NSft.Data.Validation;
using static NSft.Data.Tests.Validation.Rows;

namespace NSft.Data.Tests.Validation;

public sealed class SetCheckTests
{
    [Fact]
    public void Duplicate_SameImageAndQuestion_NamesTheFirstRow()
    {
        List<DatasetProblem> problems = Validate(
            new ValidationOptions(), Pair(1, image: "a.jpg"), Pair(2, image: "b.jpg"), Pair(3, image: "./a.jpg", question: " <image>\nWhat is there?")).Problems;

        DatasetProblem problem = Assert.Single(problems);
        Assert.Equal((ProblemKind.DuplicateQuestion, ProblemSeverity.Warning, 3), (problem.Kind, problem.Severity, problem.Row));
        Assert.Contains("row 1 ", problem.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Duplicate_SameQuestionOfAnotherImage_IsFine() => Assert.Empty(Validate(new ValidationOptions(), Pair(1), Pair(2)).Problems);

    [Fact]
    public void Duplicate_ConversationsThatEndDifferently_AreFine()
    {
        DatasetRecord first = Pair(1, image: "a.jpg") with { Prompt = [Human("What?"), Assistant("A cube."), Human("Where?")] };
        DatasetRecord second = Pair(2, image: "a.jpg") with { Prompt = [Human("What?"), Assistant("A cube."), Human("Its colour?")] };
        Assert.Empty(Validate(new ValidationOptions(), first, second).Problems);
    }

    [Fact]
    public void Duplicate_Id_IsAWarning()
    {
        List<DatasetProblem> problems = Validate(new ValidationOptions(), Pair(1), Pair(2) with { Id = "id-1" }).Problems;
        Assert.Equal((ProblemKind.DuplicateId, ProblemSeverity.Warning, 2), (Assert.Single(problems).Kind, problems[0].Severity, problems[0].Row));
    }

    [Theory]
    [InlineData(40, 10, true)]
    [InlineData(10, 40, true)]
    [InlineData(30, 25, false)]
    [InlineData(20, 0, false)]
    public void Balance_OfYesAndNo_IsJudgedOverTheSet(int yes, int no, bool isReported)
    {
        IEnumerable<DatasetRecord> rows = Enumerable.Range(1, yes + no).Select(row => Pair(row, chosen: row <= yes ? "Yes, it is." : "No.", rejected: null));
        List<DatasetProblem> problems = Validate(new ValidationOptions(), rows).Problems;
        Assert.Equal(isReported, problems.Exists(problem => problem is { Kind: ProblemKind.Balance, Severity: ProblemSeverity.Warning, Row: 0 }));
        Assert.Equal(isReported ? 1 : 0, problems.Count);
    }

    [Theory]
    [InlineData("Yes.", true)]
    [InlineData("no", false)]
    [InlineData("No, it is not.", false)]
    [InlineData("Nobody is there.", null)]
    [InlineData("Yesterday", null)]
    [InlineData("A cube.", null)]
    public void PolarAnswer_Of_ReadsTheFirstWord(string answer, bool? expected) => Assert.Equal(expected, PolarAnswer.Of(answer));

    [Theory]
    [InlineData("coco/train2017/000000000042.jpg", 42L)]
    [InlineData("COCO_val2014_000000310196.jpg", 310196L)]
    [InlineData("COCO_train2014_000000000009", 9L)]
    [InlineData("vg/VG_100K/2333.jpg", null)]
    [InlineData("train_00000.jpg", null)]
    [InlineData("000000000042x.jpg", null)]
    public void CocoName_NumberOf_KnowsCocosNamesAlone(string path, long? expected) => Assert.Equal(expected, CocoName.NumberOf(path));

    [Theory]
    [InlineData("coco/train2017/000000000042.jpg", true)]
    [InlineData("own/eval_1.jpg", true)]
    [InlineData("coco/train2017/000000000043.jpg", false)]
    [InlineData("other/eval_1.jpg", false)]
    public void Leakage_EvaluatedImage_IsAnError(string image, bool isReported)
    {
        EvaluationImages evaluation = new();
        evaluation.Begin("pope.json");
        evaluation.Add(new DatasetImage("COCO_val2014_000000000042.jpg", null));
        evaluation.Add(new DatasetImage("own/eval_1.jpg", null));
        List<DatasetProblem> problems = Validate(new ValidationOptions { Evaluation = evaluation }, Pair(7, image: image)).Problems;

        Assert.Equal(isReported ? 1 : 0, problems.Count);
        Assert.All(problems, problem => Assert.Equal((ProblemKind.Leakage, ProblemSeverity.Error, 7), (problem.Kind, problem.Severity, problem.Row)));
        Assert.All(problems, problem => Assert.Contains("pope.json", problem.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Summary_OfManyRows_CountsByKindInFileOrder()
    {
        DatasetRecord[] rows = [.. Enumerable.Range(1, 2000).Select(row => row % 100 == 0 ? Pair(row, chosen: "") : Pair(row))];
        (ValidationSummary summary, List<DatasetProblem> problems) = Validate(new ValidationOptions(), rows);

        Assert.Equal(Enumerable.Range(1, 20).Select(index => index * 100), problems.Select(problem => problem.Row));
        Assert.Equal((20L, 0L), summary.Counts[ProblemKind.Empty]);
        Assert.Equal((2000L, 20L, 20L, 20L, 0L), (summary.Rows, summary.RowsWithErrors, summary.UntrainedRows, summary.Errors, summary.Warnings));
    }
}
