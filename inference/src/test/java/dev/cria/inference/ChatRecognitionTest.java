package dev.cria.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cria.checkpoints.BuiltInCheckpoint;
import dev.cria.checkpoints.SentenceCheckpoint;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Templates as files have them, or what is telling in them. */
final class ChatRecognitionTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '¦', textBlock = """
      chatml            ¦ {% for message in messages %}{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}
      qwen1.5           ¦ {% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}{{ '<|im_start|>system\\nYou are a helpful assistant<|im_end|>\\n' }}{% endif %}{{'<|im_start|>' + message['role'] + '\\n' + message['content']}}
      qwen2             ¦ {% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}{{ '<|im_start|>system\\nYou are a helpful assistant.<|im_end|>\\n' }}{% endif %}{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n'}}{% endfor %}
      qwen2.5           ¦ {%- if tools %} {{- '<|im_start|>system\\n' }} {{- 'You are Qwen, created by Alibaba Cloud. You are a helpful assistant.' }} {%- else %} {{- '<|im_start|>system\\n' + messages[0]['content'] + '<|im_end|>\\n' }} {{- '<|im_start|>system\\nYou are Qwen, created by Alibaba Cloud. You are a helpful assistant.<|im_end|>\\n' }}
      chatml            ¦ {%- if tools %}{{- '<|im_start|>system\\n' }}{%- else %}{%- if messages[0].role == 'system' %}{{- '<|im_start|>system\\n' + messages[0].content + '<|im_end|>\\n' }}{%- endif %}{%- endif %}{{- '<think>\\n\\n</think>\\n\\n' }}
      smollm            ¦ {% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}{{ '<|im_start|>system\\nYou are a helpful AI assistant named SmolLM, trained by Hugging Face<|im_end|>\\n' }}{% endif %}{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n'}}
      llama3            ¦ {% set loop_messages = messages %}{% for message in loop_messages %}{% set content = '<|start_header_id|>' + message['role'] + '<|end_header_id|>\\n\\n'+ message['content'] | trim + '<|eot_id|>' %}
      llama3.1          ¦ {%- set date_string = "26 Jul 2024" %}{{- "<|start_header_id|>system<|end_header_id|>\\n\\n" }}{{- "Cutting Knowledge Date: December 2023\\n" }}{{- "Today Date: " + date_string + "\\n\\n" }}{{- "<|eot_id|>" }}
      llama2            ¦ {% set content = '<<SYS>>\\n' + system_message + '\\n<</SYS>>\\n\\n' + message['content'] %}{% if message['role'] == 'user' %}{{ bos_token + '[INST] ' + content.strip() + ' [/INST]' }}
      mistral-v1        ¦ {{ bos_token }}{% for message in messages %}{% if message['role'] == 'user' %}{{ '[INST] ' + message['content'] + ' [/INST]' }}{% elif message['role'] == 'assistant' %}{{ message['content'] + eos_token}}
      mistral-v1        ¦ {{- ' [INST] ' + system_message + '\\n\\n' + message['content'] + ' [/INST]' }}{{- ' [INST] ' + message['content'] + ' [/INST]' }}{{- ' ' + message['content'] + eos_token}}
      mistral-v3        ¦ {{- "[AVAILABLE_TOOLS] [" }}{{- "[INST] " + message["content"] + "[/INST]" }}{{- " " + message["content"]|trim + eos_token}}
      mistral-v3-tekken ¦ {{- "[AVAILABLE_TOOLS][" }}{{- "[INST]" + message["content"] + "[/INST]" }}{{- message["content"] + eos_token}}
      zephyr            ¦ {% if message['role'] == 'user' %}\\n{{ '<|user|>\\n' + message['content'] + eos_token }}\\n{% elif message['role'] == 'assistant' %}\\n{{ '<|assistant|>\\n'  + message['content'] + eos_token }}
      chatml            ¦ chatml
      plain             ¦ plain
      """) void ofText_publishedTemplate_isRecognised(
      String expected, String text) {
    assertThat(ChatRecognition.ofText(text).template().map(ChatTemplate::name)).contains(expected);
    String lines = text.replace("\\n", "\n");
    assertThat(ChatRecognition.ofText(lines).template().map(ChatTemplate::name)).as("with line breaks")
        .contains(expected);
  }

  /** Close to a known one, but another: Phi 4, SmolVLM, SmolLM 3, other system prompts, tools of Mistral 7, Gemma, Vicuna. */
  @ParameterizedTest
  @CsvSource(delimiter = '¦', textBlock = """
      {{'<|im_start|>' + message['role'] + '<|im_sep|>' + message['content'] + '<|im_end|>'}}
      <|im_start|>{% for message in messages %}{{message['role']}}<end_of_utterance>\\n{% endfor %}<|im_end|>
      {{ '<|im_start|>system\\n' + '## Metadata' + 'Reasoning Mode: ' + '<|im_end|>' }}
      {{ '<|im_start|>system\\nYou are Dolphin.<|im_end|>\\n' }}{{'<|im_start|>' + message['role']}}
      {{- '<|im_start|>system\\nPlease reason step by step, and put your final answer within \\\\boxed{}.<|im_end|>\\n' }}
      {{ '<|start_header_id|>system<|end_header_id|>\\n\\nYou are Bob.<|eot_id|>' }}
      {{- '[SYSTEM_PROMPT] ' + message['content'] + '[/SYSTEM_PROMPT]' }}{{- '[INST] ' + message['content'] + ' [/INST]' }}
      {% elif true == true %}{% set system_message = 'Vous êtes Vigogne' %}{{ '[INST] <<SYS>>\\n<</SYS>>' }}
      {{ '<start_of_turn>' + role + '\\n' + message['content'] + '<end_of_turn>\\n' }}
      {{'<|user|>' + '\\n' + message['content'] + '<|end|>' + '\\n' + '<|assistant|>' + '\\n'}}
      {{ ''.__class__.__mro__[1].__subclasses__() }}
      """) void ofText_anotherTemplate_isUnknown(
      String text) {
    ChatRecognition found = ChatRecognition.ofText(text);
    assertThat(found.template()).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> found.choose(Optional.empty()))
        .withMessage(
            "No chat template: the model's chat template is none that Cria knows, and templates in files are not"
                + " run. Name the one it was trained with (--chat-template). Available: " + ChatTemplates.names()
                + ".");
    assertThat(found.choose(Optional.of("zephyr"))).isEqualTo(ChatTemplates.ZEPHYR);
  }

  @Test void ofText_hugeText_isRefusedUnread() {
    assertThat(ChatRecognition.ofText("<|im_start|><|im_end|>".repeat(100_000)).reason())
        .isEqualTo("the model's chat template has 2,200,000 characters, more than one can need");
  }

  @Test void of_modelsWithoutTemplate_goByWhatTheyAre() throws IOException {
    try (var builtIn = BuiltInCheckpoint.open(); var llama2c = SentenceCheckpoint.open()) {
      assertThat(ChatRecognition.of(builtIn, builtIn.vocabulary().orElseThrow()).template())
          .contains(ChatTemplates.PLAIN);
      assertThat(ChatRecognition.of(llama2c, llama2c.vocabulary().orElseThrow()).template())
          .as("as llama2.c chats").contains(ChatTemplates.LLAMA_2);
    }
  }
}
