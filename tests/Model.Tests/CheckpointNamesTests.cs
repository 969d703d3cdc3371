using NSft.Model.Weights;

namespace NSft.Model.Tests;

public sealed class CheckpointNamesTests
{
    [Theory]
    [InlineData("language_model.lm_head.weight", "lm_head.weight", "lm_head.weight")]
    [InlineData("language_model.model.layers.0.mlp.up_proj.weight", "model.language_model.layers.0.mlp.up_proj.weight", "model.language_model.layers.0.mlp.up_proj.weight")]
    [InlineData("vision_tower.vision_model.pre_layrnorm.bias", "model.vision_tower.vision_model.pre_layrnorm.bias", "model.vision_tower.pre_layrnorm.bias")]
    [InlineData("multi_modal_projector.linear_1.bias", "model.multi_modal_projector.linear_1.bias", "model.multi_modal_projector.linear_1.bias")]
    public void Names_EveryForm_GoThereAndBack(string hub, string current, string shortened)
    {
        Assert.Equal(current, LlavaCheckpointNames.ToFile(hub, CheckpointNaming.Current));
        Assert.Equal(shortened, LlavaCheckpointNames.ToFile(hub, new CheckpointNaming(IsCurrent: true, HasVisionModel: false)));
        Assert.Equal(hub, LlavaCheckpointNames.ToFile(hub, CheckpointNaming.Hub));
        foreach (string name in new[] { hub, current, shortened })
        {
            Assert.Equal(hub, LlavaCheckpointNames.ToHub(name));
        }
    }

    [Theory]
    [InlineData("model.layers.0.mlp.up_proj.weight")]
    [InlineData("model.mm_projector.0.weight")]
    [InlineData("image_newline")]
    public void ToHub_OtherModels_IsNull(string name) => Assert.Null(LlavaCheckpointNames.ToHub(name));

    [Fact]
    public void Detect_BothForms_TellsThemApart()
    {
        Assert.Equal(CheckpointNaming.Hub, LlavaCheckpointNames.Detect(["language_model.lm_head.weight", "vision_tower.vision_model.x"]));
        Assert.Equal(new CheckpointNaming(true, false), LlavaCheckpointNames.Detect(["lm_head.weight", "model.vision_tower.x"]));
    }
}
