using System.CommandLine;
using NSft.Client.Parsing;

namespace NSft.Client.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("eval pope --quetions x", "eval pope: unknown option --quetions; did you mean --questions?")]
    [InlineData("evl", "unknown verb evl; did you mean eval?")]
    [InlineData("eval", "eval: say what to do: pope, chair, vqa; --help explains")]
    [InlineData("eval pop", "eval: unknown verb pop; did you mean pope?")]
    [InlineData("tokenize --tokenizer t --text a b", "tokenize: unexpected argument b; --help lists what there is")]
    [InlineData("--frobnicate", "unknown option --frobnicate; --help lists what there is")]
    [InlineData("tokenize --text a", "tokenize: Option '--tokenizer' is required")]
    [InlineData("eval pope --questions q --threads 0", "eval pope: option '--threads' must be at least 1, got 0")]
    [InlineData("eval pope --questions q --threads many", "eval pope: Cannot parse argument 'many' for option '--threads' as a whole number")]
    [InlineData("eval pope --questions q --image-mode croq", "eval pope: option '--image-mode' does not know 'croq'; did you mean crop?")]
    [InlineData("eval pope --questions q --dtype int8", "eval pope: option '--dtype' does not know 'int8'; it takes one of: float32, bfloat16")]
    [InlineData("up --silo 3", "up: unknown option --silo; did you mean --silos?")]
    [InlineData("up --silos 0", "up: option '--silos' must be at least 1, got 0")]
    [InlineData("stauts", "unknown verb stauts; did you mean status?")]
    [InlineData("chaos --silos 1", "chaos: option '--silos' must be at least 2, got 1")]
    [InlineData("chaos --mode zero", "chaos: option '--mode' does not know 'zero'; did you mean zero1?")]
    [InlineData("scale last", "scale: Option '--workers' is required")]
    public void Describe_BadCommandLine_SaysWhatWouldBeRight(string line, string expected)
    {
        ParseResult parsed = ConsoleApplication.BuildRoot().Parse(line.Split(' '), new ParserConfiguration { EnablePosixBundling = false });
        Assert.NotEmpty(parsed.Errors);
        Assert.Equal(expected, ParseErrorLine.Describe(parsed));
    }

    [Theory]
    [InlineData("score", "--model m --tokenizer t --data d --images i --template scenes --image-mode pad --dtype float32 --adapter l --json")]
    [InlineData("generate", "--model m --tokenizer t --image f --prompt q --template scenes --image-mode pad --max-new-tokens 24 --dtype float32 --adapter l --json")]
    [InlineData("tokenize", "--tokenizer t --text s --json")]
    [InlineData("eval chair", "--model m --images i --annotations f --prompt p --json")]
    [InlineData("eval pope", "--model m --images i --questions f --json")]
    [InlineData("eval vqa", "--answers a --questions f --json")]
    [InlineData("construct", "--data d --constructor rules --out o --json")]
    [InlineData("dataset import", "--from seva --data d --to trl --out o --to-set s --images f --images-out i --side both --strict --json")]
    [InlineData("dataset validate", "--data d --from llava --images i --min-size 16 --model m --template t --max-length 2048 --eval a b --strict --list 3 --out o --json")]
    [InlineData("dataset inspect", "--data d --row 3 --model m --images i --image-width 40 --json")]
    [InlineData("dataset stats", "--data d --set s --model m --top 5 --json")]
    [InlineData("dataset split", "--data d --out-dir o --parts train=0.9,eval=0.1 --seed 3 --by row --to trl --overwrite --json")]
    [InlineData("dataset mix", "--data a=0.7 --data b=0.3 --from nsft --rows 100 --repeat --seed 3 --out o --json")]
    [InlineData("export", "--model m --adapter a --out o --dtype bfloat16 --names hub --json")]
    [InlineData("quickstart", "--out o --json")]
    [InlineData("train", "--model m --tokenizer t --data d --images i --template scenes --image-mode pad --objective sft --global-batch 3 --steps 12 --lr 2e-3 --warmup-steps 3 --weight-decay 0.01 --clip 1.0 --dtype float32 --workers 1 --seed 4 --out o --json")]
    [InlineData("train", "--model m --data d --corrective c --images i --objective nsft --epochs 3 --shards 8 --lora-rank 4 --beta 0.2 --chosen-weight 0 --negative-weight 2 --reduction fp32 --strict --warmup-ratio 0.1 --out o")]
    [InlineData("train", "--model m --data d --images i --out o --detach --state s --name n --workers 3 --min-workers 2 --state-mode zero1 --every 5 --keep 2 --resume --checkpoints c --step-deadline 3.5")]
    [InlineData("silo", "--state s --workers-per-silo 2 --cuda --name n --log f --probe-period 0.2 --missed-probes 4")]
    [InlineData("up", "--silos 3 --workers-per-silo 2 --state s --json")]
    [InlineData("down", "--state s --now --json")]
    [InlineData("silos", "--state s --json")]
    [InlineData("ps", "--json")]
    [InlineData("runs", "--state s --json")]
    [InlineData("status", "last --state s --json")]
    [InlineData("watch", "run-12 --json")]
    [InlineData("scale", "last --workers 4")]
    [InlineData("pause", "last")]
    [InlineData("resume", "last")]
    [InlineData("cancel", "last")]
    [InlineData("events", "last --ledger --json")]
    [InlineData("logs", "silo-1 --lines 5")]
    [InlineData("chaos", "--minutes 0.5 --seed 7 --silos 3 --mode zero1 --dtype bfloat16 --every 5 --json")]
    [InlineData("store ls", "azblob:data/images --json")]
    [InlineData("store cp", "data azblob:data/images --json")]
    [InlineData("store rm", "azblob:data/images --recursive --json")]
    [InlineData("bench recovery", "--trials 3 --silos 3 --no-peer --json")]
    public void Parse_DocumentedForm_HasNoErrors(string verb, string options)
    {
        ParseResult parsed = ConsoleApplication.BuildRoot().Parse([.. verb.Split(' '), .. options.Split(' ')]);
        Assert.Empty(parsed.Errors.Select(error => error.Message));
    }

    [Theory]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("", "abc", 3)]
    [InlineData("same", "same", 0)]
    public void Distance_Words_IsLevenshtein(string first, string second, int expected) =>
        Assert.Equal(expected, Suggestion.Distance(first, second));

    [Fact]
    public void Nearest_NothingNear_IsNull() => Assert.Null(Suggestion.Nearest("banana", ["pope", "chair"]));
}
